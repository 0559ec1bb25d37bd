import type { Answer, ApiRequest } from '../cloud/answer.ts';
import type { World } from '../cloud/world.ts';
import type { CredentialFormat } from './aws/export-credentials.ts';
import type { OpenedPolicy } from './edit/policy-target.ts';
import type { Machine } from './machine.ts';
import type { ObjectToSign } from './s3/presigned-url.ts';

/** What a line comes to when its last request is answered. */
export interface Ending {
  readonly output: string;
  readonly exit: number;
  /** Files it wrote into the workspace, by name. */
  readonly written?: Readonly<Record<string, string>>;
  /** Files it deleted in the workspace. */
  readonly removed?: readonly string[];
  /** What it set up on the actor's machine. */
  readonly machine?: Machine;
  /** The world after something that is no request, such as signing in to the access portal. */
  readonly world?: World;
  /** An object in S3 for which a URL is to be signed with the actor's credentials. */
  readonly toSign?: ObjectToSign;
  /** Credentials are to be printed in this format. */
  readonly toExport?: CredentialFormat;
  /** A URL that it presigned. */
  readonly presigned?: string;
  /** A policy it opened, to be edited. */
  readonly policy?: OpenedPolicy;
}

/** A request of a line. */
export interface PlannedRequest extends ApiRequest {
  /** Milliseconds that go by on the clock before it is sent; left out for none. */
  readonly after?: number;
}

/**
 * A line as a dialogue with AWS: it yields a request, is handed the answer, and so on to its ending. Pure:
 * who runs it sends the requests.
 */
export type Plan = Generator<PlannedRequest, Ending, Answer>;

/** A plan that sends nothing and says something. */
export function say(output: string, exit: number): Plan {
  return end({ output, exit });
}

/** A plan that sends nothing. */
export function* end(ending: Ending): Plan {
  yield* [];
  return ending;
}
