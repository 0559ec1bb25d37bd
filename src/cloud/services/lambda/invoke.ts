import type { Actor } from '../../actor.ts';
import type { Answer } from '../../answer.ts';
import { put } from '../../change.ts';
import type { Effect, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { validity } from '../../temporary-credentials.ts';
import type { AccountId, Role, TemporaryCredentials, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { issueSession } from '../sts/sessions.ts';
import { readCode } from './code.ts';
import { executionRole } from './execution-role.ts';
import { FUNCTION_NAME, functionNamed, onFunction } from './function.ts';
import type { LambdaFunction } from './records.ts';

/** Seconds for which a function keeps its credentials. AWS renews them unseen; their length is not documented. */
const SESSION = 3_600;

/** The role's credentials that a function runs with: those it has, or new ones. */
function credentialsOf(
  world: World,
  owner: AccountId,
  fn: LambdaFunction,
  role: Role,
): [credentials: TemporaryCredentials, world: World] {
  const held = own(own(world.accounts, owner)?.sessions ?? {}, fn.key ?? '');
  if (
    held?.holder.kind === 'assumed-role' &&
    held.holder.roleId === role.id &&
    validity(held, world.clock) === 'valid'
  ) {
    return [held, world];
  }
  const holder = { kind: 'assumed-role', role: role.name, roleId: role.id, sessionName: fn.name } as const;
  const [credentials, next] = issueSession(world, owner, { holder, seconds: SESSION });
  return [credentials, put(next, owner, 'functions', fn.name, { ...fn, key: credentials.id })];
}

function answer(payload: Json, isError: boolean): Json {
  return {
    StatusCode: 200,
    ...(isError ? { FunctionError: 'Unhandled' } : {}),
    ExecutedVersion: '$LATEST',
    Payload: JSON.stringify(payload),
  };
}

/** What the function answers with: the outputs of its requests, or the error that ended it. */
function outcome(operations: readonly string[], answers: readonly Answer[]): Json {
  const last = answers.at(-1);
  if (last !== undefined && last.kind !== 'done') {
    const name = operations[answers.length - 1] ?? '';
    return answer({ errorType: 'ClientError', errorMessage: reason(name, last) }, true);
  }
  return answer(
    answers.map((each, index) => ({
      operation: operations[index] ?? '',
      output: each.kind === 'done' ? each.output : null,
    })),
    false,
  );
}

function reason(operation: string, answer: Exclude<Answer, { kind: 'done' }>): string {
  switch (answer.kind) {
    case 'unsupported':
      return answer.refusal.error.message;
    case 'not-sent':
      return answer.message;
    default: {
      const { code, message } = answer.error;
      const api = operation.slice(operation.indexOf(':') + 1);
      return `An error occurred (${code}) when calling the ${api} operation: ${message}`;
    }
  }
}

const invoke = define({
  id: 'lambda:Invoke',
  summary: 'run a function: its requests are made with the credentials of its execution role',
  outfile: 'Payload',
  input: {
    FunctionName: FUNCTION_NAME,
    Payload: { type: 'blob', help: 'what the function is told; the simulated code does not look at it' },
  },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'InvokeFunction')],
  effect(input, caller, world): Effect {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const role = executionRole(world, owner, fn.role);
    if ('error' in role) {
      return failed(
        'AccessDeniedException',
        'The role defined for the function cannot be assumed by Lambda.',
        role.error.advice,
      );
    }
    const program = readCode(fn.code);
    if ('errorType' in program) {
      return done(world, answer({ ...program }, true));
    }
    const [{ id, secret, token }, next] = credentialsOf(world, owner, fn, role.role);
    const actor: Actor = { kind: 'key', account: owner, accessKey: id, secret, token };
    return {
      world: next,
      follow: program.requests.map((request) => ({ actor, request })),
      endsAtFailure: true,
      output: (answers) =>
        outcome(
          program.requests.map(({ operation }) => operation),
          answers,
        ),
    };
  },
});

/** Source: Lambda API Reference, API_Invoke.html. */
export const invokeOperations = [invoke];
