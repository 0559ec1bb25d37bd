import type { Caller } from '../caller.ts';
import { hasShape } from '../input.ts';
import type { Member, Operation, PermissionNeeded, Shape } from '../operation.ts';
import { operations } from '../services/index.ts';
import type { Account, World } from '../world.ts';
import { namesFor } from './member-names.ts';
import { callerAs } from './principal.ts';

/** A name that nothing has: it stands for whatever is not there. */
const NOT_THERE = 'any-other';
/** How many inputs of one operation are tried in an account. */
const MOST_INPUTS = 144;

/**
 * Every permission that the operations of the registry need, about what there is in the world and about one thing of
 * each kind that is not there. Found by asking each operation, so that a new one comes along by itself.
 */
export function permissionsOf(world: World): readonly PermissionNeeded[] {
  const found = new Map<string, PermissionNeeded>();
  for (const account of Object.values(world.accounts)) {
    const caller = callerAs(world, { kind: 'root', account: account.id });
    for (const operation of caller === null ? [] : operations.values()) {
      for (const needed of caller === null ? [] : neededBy(world, account, caller, operation)) {
        found.set(JSON.stringify(needed), needed);
      }
    }
  }
  return [...found.values()];
}

function neededBy(
  world: World,
  account: Account,
  caller: Caller,
  operation: Operation,
): readonly PermissionNeeded[] {
  return inputsOf(world, account, operation.input).flatMap((input) =>
    hasShape(operation.input, input) ? operation.needs(input, caller, world) : [],
  );
}

type Input = Readonly<Record<string, unknown>>;

/** Inputs with every required member, in all combinations of what may be meant. */
function inputsOf(world: World, account: Account, shape: Shape): readonly Input[] {
  const required = Object.entries(shape).filter(([, member]) => member.required);
  const naming = required.filter(([, { type }]) => NAMING.includes(type));
  const most = Math.floor(MOST_INPUTS ** (1 / Math.max(1, naming.length)));
  return required.reduce<readonly Input[]>(
    (inputs, [name, member]) =>
      inputs.flatMap((input) => {
        const names = namesFor(world, account, name, input).slice(0, most - 1);
        return valuesOf(member, [...names, NOT_THERE]).map((value) => ({ ...input, [name]: value }));
      }),
    [{}],
  );
}

const NAMING: readonly Member['type'][] = ['string', 'strings', 'structure', 'structures'];

function valuesOf(member: Member, names: readonly string[]): readonly unknown[] {
  switch (member.type) {
    case 'integer':
      return [1];
    case 'boolean':
      return [true];
    case 'string':
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
      return [''];
  }
}
