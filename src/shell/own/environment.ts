import { record } from '../history.ts';
import { type Machine, machineOf, VARIABLES, withMachine } from '../machine.ts';
import { nearest } from '../nearest.ts';
import { type OwnCall, type OwnCommand, type OwnResult, saying } from './result.ts';

/** `export AWS_PROFILE=dev`: sets environment variables that the AWS CLI looks at. */
export const exportVariables: OwnCommand = {
  usage: 'export <NAME>=<value> …',
  summary: 'Set what the AWS CLI takes from the environment, such as AWS_PROFILE',
  run(call) {
    const { session, words } = call;
    if (words.length === 0) return saying(session, environmentText(machine(call)));
    const given = words.map((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word));
    const wrong = given.indexOf(null);
    if (wrong !== -1) {
      return saying(
        session,
        `export takes NAME=value, and '${words[wrong]}' is not. For example: export AWS_PROFILE=dev`,
        1,
      );
    }
    const variables = given.flatMap((parts) =>
      parts === null ? [] : [[parts[1] ?? '', parts[2] ?? ''] as const],
    );
    const unknown = variables.find(([name]) => !VARIABLES.includes(name));
    if (unknown !== undefined) return saying(session, unknownVariable(unknown[0]), 1);
    const before = machine(call);
    const environment = { ...before.environment, ...Object.fromEntries(variables) };
    return changed(call, { ...before, environment });
  },
};

/** `unset AWS_PROFILE`: takes variables out of the environment. */
export const unsetVariables: OwnCommand = {
  usage: 'unset <NAME> …',
  summary: 'Take variables out of the environment',
  run(call) {
    const { session, words } = call;
    if (words.length === 0) return saying(session, 'Which variable? `env` lists them.', 1);
    const before = machine(call);
    const left = Object.entries(before.environment).filter(([name]) => !words.includes(name));
    return left.length === Object.keys(before.environment).length
      ? saying(session, '')
      : changed(call, { ...before, environment: Object.fromEntries(left) });
  },
};

/** `env`: the environment. */
export const env: OwnCommand = {
  usage: 'env',
  summary: 'Show the environment variables that are set',
  run: (call) => saying(call.session, environmentText(machine(call))),
};

function machine({ session, actor }: OwnCall): Machine {
  return machineOf(session.now, actor);
}

function changed({ session, actor, line }: OwnCall, after: Machine): OwnResult {
  return saying(record(session, { kind: 'line', actor, line }, withMachine(session.now, actor, after)), '');
}

function environmentText({ environment }: Machine): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

function unknownVariable(name: string): string {
  const near = nearest(name.toUpperCase(), VARIABLES);
  const meant = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
  return `Nothing here looks at ${name}.${meant}\nThere are: ${VARIABLES.join(', ')}`;
}
