import type { Draft } from 'immer';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { readCode } from './code.ts';
import { executionRole } from './execution-role.ts';
import { functionArn } from './function.ts';

/** What an author says of Lambda in an account. */
export interface LambdaSpec {
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
}

export interface FunctionSpec {
  /** Name of the execution role. */
  readonly role: string;
  /** Requests to AWS, one a line: the operation, and its input as JSON. */
  readonly code?: string;
  readonly description?: string;
  /** The resource policy. */
  readonly policy?: DocumentSpec;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its functions. */
export function readLambda(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: LambdaSpec,
): void {
  for (const [name, fn] of entries(spec.functions)) {
    const path = [...at, 'functions', name];
    if (!/^[\w-]{1,64}$/.test(name) || name === '__proto__') {
      reader.problem(
        path,
        `${name} cannot be a function's name: 1 to 64 letters, digits, hyphens and underscores.`,
      );
      continue;
    }
    const program = readCode(fn.code ?? '');
    if ('errorMessage' in program) {
      reader.problem([...path, 'code'], program.errorMessage);
    }
    const role = reader.refersTo([...path, 'role'], 'role', fn.role, account.roles)
      ? (account.roles[fn.role]?.arn ?? '')
      : '';
    if (role !== '') {
      reader.later(() => {
        if ('error' in executionRole(reader.world, account.id, role)) {
          reader.problem(
            [...path, 'role'],
            `The trust policy of ${fn.role} must let lambda.amazonaws.com assume it.`,
          );
        }
      });
    }
    account.functions[name] = {
      name,
      arn: functionArn(account.id, name),
      role,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      description: fn.description ?? '',
      code: fn.code ?? '',
      modified: reader.world.clock,
      policy:
        fn.policy === undefined
          ? null
          : reader.document([...path, 'policy'], fn.policy, {
              kind: 'resource',
              code: 'InvalidParameterValueException',
              syntax: 'This resource policy contains a syntax error.',
              principal: 'The provided principal was invalid. Please check the principal and try again.',
            }),
      key: null,
      tags: { ...fn.tags },
    };
  }
}
