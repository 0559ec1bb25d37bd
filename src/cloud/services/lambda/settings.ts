import type { ApiError } from '../../operation.ts';
import { breaksConstraint } from '../define.ts';
import type { LambdaFunction } from './records.ts';

/** Settings that a function has and that change nothing of what it may do. */
export const SETTINGS = {
  Description: { type: 'string', help: 'what it is for' },
  Timeout: { type: 'integer', help: 'seconds it may run, 1 to 900; 3 unless given' },
  MemorySize: { type: 'integer', help: 'megabytes it has, 128 to 10240; 128 unless given' },
  Environment: {
    type: 'nested',
    of: { structure: { Variables: { map: 'string' } } },
    help: 'Variables={NAME=value}: whoever may see the settings reads them',
  },
} as const;

interface Settings {
  readonly Description?: string | undefined;
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined } | undefined;
}

/** Source: Lambda API Reference, API_CreateFunction.html, Timeout and MemorySize. */
export function settingsProblem({
  Timeout: timeout = 3,
  MemorySize: memory = 128,
}: Settings): { readonly error: ApiError } | null {
  return outside('timeout', timeout, 1, 900) ?? outside('memorySize', memory, 128, 10_240);
}

function outside(
  member: string,
  value: number,
  least: number,
  most: number,
): { readonly error: ApiError } | null {
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  return value < least || value > most
    ? breaksConstraint('ValidationException', member, value, `have value ${bound}`)
    : null;
}

/** A function with the settings that a request gives; the others stay. */
export function withSettings(fn: LambdaFunction, given: Settings): LambdaFunction {
  const {
    Description: description,
    Timeout: timeout,
    MemorySize: memorySize,
    Environment: environment,
  } = given;
  return {
    ...fn,
    ...(description === undefined ? {} : { description }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(memorySize === undefined ? {} : { memorySize }),
    ...(environment === undefined ? {} : { environment: { ...environment.Variables } }),
  };
}
