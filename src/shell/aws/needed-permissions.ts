import type { Caller } from '../../cloud/caller.ts';
import { callerOf } from '../../cloud/index.ts';
import { hasShape } from '../../cloud/input.ts';
import type { Member, Operation, PermissionNeeded } from '../../cloud/operation.ts';
import type { Moment } from '../session.ts';
import { valuesOf } from '../suggested-values.ts';
import { optionsOf } from './arguments.ts';
import { readValue } from './value.ts';

/** How many of the names in the world are tried for each option. */
const TRIES = 3;

/**
 * The actions that an operation is authorized with, for help. Asked of the operation itself, with made-up values
 * and with names of this world, for some permissions are needed only for what is there: passing a role needs a
 * role. In the order AWS names them.
 */
export function neededActions(operation: Operation, moment: Moment): readonly string[] {
  const caller = somebody(moment);
  const needed: PermissionNeeded[] = [];
  for (let attempt = -1; attempt < TRIES; attempt++) {
    const input = sampleInput(operation, moment, attempt);
    if (hasShape(operation.input, input)) needed.push(...operation.needs(input, caller, moment.world));
  }
  return [...new Set(needed.map(({ action }) => action))];
}

function sampleInput(
  operation: Operation,
  moment: Moment,
  attempt: number,
): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [typed, { name, member }] of optionsOf(operation)) {
    const known = valuesOf(moment, operation, name, member, new Map());
    const word = known[Math.min(attempt, known.length - 1)];
    const read =
      word === undefined
        ? null
        : readValue(typed, name, member, [word], { files: moment.files, rawBinary: false });
    if (read?.kind === 'value') input[name] = read.value;
    else if (member.required) input[name] = madeUp(member);
  }
  return input;
}

/** A value of the right type that names nothing there is. */
function madeUp(member: Member): unknown {
  switch (member.type) {
    case 'integer':
      return member.least ?? 1;
    case 'boolean':
      return true;
    case 'strings':
    case 'structures':
      return [];
    case 'structure':
      return {};
    case 'nested':
      return typeof member.of === 'object' && member.of.list === undefined ? {} : [];
    case 'document':
      return '{}';
    default:
      return 'x'.repeat(member.least ?? 1);
  }
}

function somebody({ world, actor }: Moment): Caller {
  const caller = callerOf(world, actor);
  if ('arn' in caller) return caller;
  const account = Object.keys(world.accounts)[0] ?? '';
  const arn = `arn:aws:iam::${account}:user/you`;
  return { kind: 'user', account, accessKey: '', user: 'you', arn, userId: '' };
}
