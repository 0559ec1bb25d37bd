import type { ContextValue } from '../iam/request.ts';
import type { Caller } from './caller.ts';
import type { AccountId, World } from './world.ts';

/**
 * One member of an operation's input. `document` is a JSON policy given as text; `body` is an object's content.
 * The prompt turns `PolicyName` into `--policy-name` and reads its value by `type`.
 */
export type Member = {
  readonly required?: true;
  /** A few words for `help`. */
  readonly help: string;
} & (
  | { readonly type: 'string' | 'integer' | 'boolean' | 'document' | 'body' }
  | { readonly type: 'strings' }
  /** A list of structures with text members, such as `Key=team,Value=red`. */
  | { readonly type: 'structures'; readonly members: readonly string[] }
  /** One structure with text members, such as `Name=web-profile`. */
  | { readonly type: 'structure'; readonly members: readonly string[] }
);

export type Shape = Readonly<Record<string, Member>>;

type ValueOf<M extends Member> = M extends { type: 'integer' }
  ? number
  : M extends { type: 'boolean' }
    ? boolean
    : M extends { type: 'strings' }
      ? readonly string[]
      : M extends { type: 'structures'; members: readonly (infer K extends string)[] }
        ? readonly { readonly [P in K]?: string }[]
        : M extends { type: 'structure'; members: readonly (infer K extends string)[] }
          ? { readonly [P in K]?: string }
          : string;

/** The TypeScript type of an input with this shape. */
export type InputOf<S extends Shape> = {
  readonly [K in keyof S as S[K] extends { required: true } ? K : never]: ValueOf<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends { required: true } ? never : K]?: ValueOf<S[K]> | undefined;
};

/** A JSON value, as operations answer with. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** AWS's error code and sentence, for a request that was authorized and still cannot be carried out. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
  /** What to mend, in our words, where AWS's sentence alone does not tell. */
  readonly advice?: string;
}

/** A permission that an operation needs. AWS checks several for some operations. */
export interface PermissionNeeded {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly resourceAccount: AccountId;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** What an operation did: the next world and its answer, or why it could not. */
export type Effect = { readonly world: World; readonly output: Json } | { readonly error: ApiError };

/** One API operation of AWS: everything about it is here, and nothing about it anywhere else. */
export interface Operation<S extends Shape = Shape> {
  /** Service and API name, such as `iam:CreateUser`; the prompt's `aws iam create-user` follows from it. */
  readonly id: `${string}:${string}`;
  /** A few words for `help`. */
  readonly summary: string;
  readonly input: S;
  /** An HTTP HEAD: its errors have no body, so the caller sees the status only, such as `403 Forbidden`. */
  readonly head?: true;
  /** Every permission it needs, in the order AWS names them. All must be allowed. */
  needs(input: InputOf<S>, caller: Caller, world: World): readonly PermissionNeeded[];
  /** Carries it out, once authorized. */
  effect(input: InputOf<S>, caller: Caller, world: World): Effect;
}
