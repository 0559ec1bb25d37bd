import type { Answer, ApiRequest } from '../cloud/answer.ts';

/** What a line comes to when its last request is answered. */
export interface Ending {
  readonly output: string;
  readonly exit: number;
  /** Files it wrote into the workspace, by name. */
  readonly written?: Readonly<Record<string, string>>;
}

/**
 * A line as a dialogue with AWS: it yields a request, is handed the answer, and so on to its ending. Pure:
 * who runs it sends the requests.
 */
export type Plan = Generator<ApiRequest, Ending, Answer>;

/** A plan that sends nothing. */
export function say(output: string, exit: number): Plan {
  return only({ output, exit });
}

function* only(ending: Ending): Plan {
  yield* [];
  return ending;
}
