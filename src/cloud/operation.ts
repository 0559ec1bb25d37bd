import type { ContextValue } from '../iam/request.ts';
import type { Actor } from './actor.ts';
import type { Answer, ApiRequest } from './answer.ts';
import type { Caller } from './caller.ts';
import type { AccountId, KmsGrant, World } from './world.ts';

/**
 * One member of an operation's input. `document` is a JSON policy given as text; `body` is an object's content.
 * The prompt turns `PolicyName` into `--policy-name` and reads its value by `type`.
 */
export type Member = {
  readonly required?: true;
  /** A few words for `help`. */
  readonly help: string;
  /** Fewest characters of a text, or least value of a number: the AWS CLI sends nothing below it. */
  readonly least?: number;
  /** An option of the AWS CLI alone: it says what to do with the answer, and is not sent. */
  readonly local?: true;
  /** It comes from a file and nothing else: what that file is here, which is not what it is elsewhere. */
  readonly onlyFile?: string;
  /** What the AWS CLI takes, where that is a matter of choice. */
  readonly choices?: readonly string[];
} /** `document`: a JSON policy as text. `body`: an object's content. `blob`: bytes, as base64. */ & (
  | { readonly type: 'string' | 'integer' | 'boolean' | 'document' | 'body' | 'blob' }
  | { readonly type: 'strings' }
  /** A list of structures with text members, such as `Key=team,Value=red`. */
  | { readonly type: 'structures'; readonly members: readonly string[] }
  /** One structure with text members, such as `Name=web-profile`. */
  | { readonly type: 'structure'; readonly members: readonly string[] }
  /** Anything deeper, such as `TagSet=[{Key=team,Value=red}]`. */
  | { readonly type: 'nested'; readonly of: Nested }
);

/** The shape of a value with values in it. A map has any names; a structure has the given ones. */
export type Nested =
  | 'string'
  | 'integer'
  | 'boolean'
  | { readonly list: Nested; readonly map?: never; readonly structure?: never }
  | { readonly map: Nested; readonly list?: never; readonly structure?: never }
  | {
      readonly structure: Readonly<Record<string, Nested>>;
      readonly list?: never;
      readonly map?: never;
    };

type NestedValue<N> = Nested extends N
  ? unknown
  : N extends 'string'
    ? string
    : N extends 'integer'
      ? number
      : N extends 'boolean'
        ? boolean
        : N extends { readonly list: infer Item }
          ? readonly NestedValue<Item>[]
          : N extends { readonly map: infer Item }
            ? Readonly<Record<string, NestedValue<Item>>>
            : N extends { readonly structure: infer Members }
              ? { readonly [K in keyof Members]?: NestedValue<Members[K]> | undefined }
              : never;

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
          : M extends { type: 'nested'; of: infer N }
            ? NestedValue<N>
            : string;

/** The TypeScript type of an input with this shape; what is not sent is no part of it. */
export type InputOf<S extends Shape> = {
  readonly [K in keyof S as S[K] extends { local: true }
    ? never
    : S[K] extends { required: true }
      ? K
      : never]: ValueOf<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends { local: true } | { required: true } ? never : K]?:
    | ValueOf<S[K]>
    | undefined;
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
  /**
   * The service that asks for it in the caller's name, such as `s3` for the KMS key of an object: the request to
   * that resource comes from the service, not over the caller's network.
   * Source: IAM User Guide, access_forward_access_sessions.html.
   */
  readonly via?: string;
  /** What a KMS grant that is to be made would give. A grant that lets somebody make grants covers no more than itself. */
  readonly grant?: Pick<KmsGrant, 'operations' | 'constraints'>;
}

/** What an operation did: the next world and its answer, or why it could not. */
export type Effect =
  | { readonly world: World; readonly output: Json }
  | { readonly error: ApiError }
  /** It sets others to work, as an invocation does a function: their requests follow, each authorized by itself. */
  | {
      readonly world: World;
      readonly follow: readonly FollowUp[];
      /** The first request that fails is the last, as in a program that does not expect it. */
      readonly endsAtFailure?: true;
      /** Its answer, from those to the requests that followed. */
      readonly output: (answers: readonly Answer[]) => Json;
    };

/** A request that somebody makes because of another request. */
export interface FollowUp {
  readonly actor: Actor;
  readonly request: ApiRequest;
}

/** One API operation of AWS: everything about it is here, and nothing about it anywhere else. */
export interface Operation<S extends Shape = Shape> {
  /** Service and API name, such as `iam:CreateUser`; the prompt's `aws iam create-user` follows from it. */
  readonly id: `${string}:${string}`;
  /** A few words for `help`. */
  readonly summary: string;
  readonly input: S;
  /** An HTTP HEAD: its errors have no body, so the caller sees the status only, such as `403 Forbidden`. */
  readonly head?: true;
  /** The member of its output that the AWS CLI writes to a file given on the command line, such as `Body`. */
  readonly outfile?: string;
  /** The option that names the file; without, it is the last word of the line. */
  readonly outfileOption?: string;
  /** What of a request is outside what is simulated, in a sentence; null when all of it is inside. */
  notSimulated?(input: InputOf<S>, signer: Caller | null, world: World): string | null;
  /** It is called without AWS credentials: what is in its input proves the caller, as `authenticate` says. */
  readonly unsigned?: true;
  /**
   * Whom a request proves beyond its signature, or why what it shows is not accepted: a token, a certificate, a code
   * of an MFA device. `signer` is null when the operation is unsigned. Null: nobody else than the signer.
   */
  authenticate?(
    input: InputOf<S>,
    world: World,
    signer: Caller | null,
  ): Caller | { readonly error: ApiError } | null;
  /** The program that calls it, where that is not the AWS CLI. */
  readonly tool?: string;
  /** What it says to a request that is not authorized, where that is not the usual sentence. */
  denial?(input: InputOf<S>): string;
  /** What AWS has against an input that it cannot read: it answers so before it asks who may. Null for nothing. */
  malformed?(input: InputOf<S>): { readonly error: ApiError } | null;
  /** Every permission it needs, in the order AWS names them. All must be allowed. */
  needs(input: InputOf<S>, caller: Caller, world: World): readonly PermissionNeeded[];
  /** Each permission is decided by itself: what is denied is an error in its answer, and the rest is done. */
  readonly piecewise?: true;
  /** Carries it out, once authorized. `denied`: what a piecewise operation may not do. */
  effect(input: InputOf<S>, caller: Caller, world: World, denied: readonly Denied[]): Effect;
}

/** A permission that a piecewise operation was denied, and what its service says of that. */
export interface Denied {
  readonly needed: PermissionNeeded;
  readonly error: ApiError;
}
