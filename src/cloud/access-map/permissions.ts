import { atOnce, type InParts } from '../in-parts.ts';
import { hasShape } from '../input.ts';
import type { Member, PermissionNeeded, Shape } from '../operation.ts';
import { own } from '../own.ts';
import { operations } from '../services/index.ts';
import type { Account, AccountId, World } from '../world.ts';
import { namesFor } from './member-names.ts';
import { callerAs } from './principal.ts';

/** A name that nothing has: it stands for whatever is not there. */
export const NOT_THERE = 'any-other';
/** How many inputs of one operation are tried, unless it is said. */
const MOST_INPUTS = 144;

/**
 * Every permission that the operations of the registry need from a caller of one account, about what there is in the
 * world and about one thing of each kind that is not there. Found by asking each operation, so that a new one comes
 * along by itself. `mostInputs`: how many inputs of one operation are tried. Empty when there is no such account.
 */
export function permissionsIn(
  world: World,
  id: AccountId,
  mostInputs = MOST_INPUTS,
): readonly PermissionNeeded[] {
  return atOnce(permissionsInParts(world, id, mostInputs));
}

/** The same, an operation at a time. */
export function* permissionsInParts(
  world: World,
  id: AccountId,
  mostInputs: number,
): InParts<readonly PermissionNeeded[]> {
  const found = new Map<string, PermissionNeeded>();
  const account = own(world.accounts, id);
  const caller = callerAs(world, { kind: 'root', account: id });
  if (account !== undefined && caller !== null) {
    for (const operation of operations.values()) {
      yield;
      for (const input of inputsOf(world, account, operation.input, mostInputs)) {
        const isRead = hasShape(operation.input, input) && !operation.malformed?.(input);
        for (const needed of isRead ? operation.needs(input, caller, world) : []) {
          found.set(JSON.stringify(needed), needed);
        }
      }
    }
  }
  return [...found.values()];
}

type Input = Readonly<Record<string, unknown>>;

/**
 * Inputs with every required member, in all combinations of what may be meant. The name of a user too, which IAM lets
 * people leave out for their own.
 */
function inputsOf(world: World, account: Account, shape: Shape, mostInputs: number): readonly Input[] {
  const asked = Object.entries(shape).filter(([name, member]) => member.required || name === 'UserName');
  const naming = asked.filter(([, { type }]) => NAMING.includes(type));
  const most = Math.floor(mostInputs ** (1 / Math.max(1, naming.length)));
  return asked.reduce<readonly Input[]>(
    (inputs, [name, member]) =>
      inputs.flatMap((input) => {
        const names = namesFor(world, account, name, input).slice(0, Math.max(1, most - 1));
        const notThere = NOT_THERE.padEnd(member.least ?? 0, '-');
        const named = valuesOf(member, [...names, notThere]).map((value) => ({ ...input, [name]: value }));
        return member.required ? named : [...named, input];
      }),
    [{}],
  );
}

const NAMING: readonly Member['type'][] = ['string', 'strings', 'structure', 'structures'];

function valuesOf(member: Member, names: readonly string[]): readonly unknown[] {
  switch (member.type) {
    case 'integer':
      return [member.least ?? 1];
    case 'boolean':
      return [true];
    case 'string':
    case 'blob':
      return names;
    case 'strings':
      return names.map((name) => [name]);
    case 'structure':
      return names.map((name) => ({ [member.members[0] ?? '']: name }));
    case 'structures':
      return names.map((name) => [{ [member.members[0] ?? '']: name }]);
    case 'nested':
      return [typeof member.of === 'object' && 'list' in member.of ? [] : {}];
    default:
      return ['{}'];
  }
}
