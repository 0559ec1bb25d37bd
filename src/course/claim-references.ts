import { claimsIn, saidOutcome } from './claims.ts';
import type { Step } from './content.ts';
import { layerAdvice } from './layer-names.ts';
import { type PathProblem, unknownName } from './path-problem.ts';
import type { ContentPath } from './problem.ts';

/** Claims of a step that are in no known form or about no request. */
export function claimProblems(step: Step, path: ContentPath): readonly PathProblem[] {
  const inText = claimsOf(step.text, [...path, 'text'], step, false);
  return step.kind === 'predict'
    ? [...inText, ...claimsOf(step.reveal, [...path, 'reveal'], step, true)]
    : inText;
}

function claimsOf(
  markdown: string,
  path: ContentPath,
  step: Step,
  ownRequest: boolean,
): readonly PathProblem[] {
  return claimsIn(markdown).flatMap(({ address, claim }) => {
    const at = { path, text: address };
    if (claim === null) {
      const [, layer] = /^claim:denied\/([^#]*)/.exec(address) ?? [];
      const mend =
        layer === undefined
          ? 'One of claim:allowed, claim:denied, claim:denied/<layer>, claim:not-sent, claim:rejected, claim:error/<Code>.'
          : `The layer is ${layerAdvice(layer).replace(/^O/, 'o')}`;
      return [{ ...at, what: `\`${address}\` is not a claim.`, mend }];
    }
    const said = saidOutcome(claim);
    // AWS has many codes, and some of them are denials in its words.
    if (said !== null && said !== claim.outcome && claim.outcome !== 'error') {
      const mend = 'A reader has the words alone. Let both say what happens.';
      return [{ ...at, what: `"${claim.words}" says something else than its claim.`, mend }];
    }
    if (claim.request === null) {
      if (ownRequest) return [];
      const mend =
        'Add the request under `requests:` and its id to the claim: `claim:denied/identity#my-request`.';
      return [{ ...at, what: 'This claim is about no request.', mend }];
    }
    return unknownName(claim.request, Object.keys(step.requests), 'request', path).map((one) => ({
      ...one,
      ...at,
    }));
  });
}

/** Claims that nothing can be held against: only a step's text and its reveal are tied to requests. */
export function strayClaims(value: unknown, path: ContentPath = []): readonly PathProblem[] {
  if (typeof value === 'string') {
    const tied = path.length === 3 && path[0] === 'steps' && (path[2] === 'text' || path[2] === 'reveal');
    const [first] = tied ? [] : claimsIn(value);
    if (first === undefined) return [];
    const mend = 'Move it to the text of a step or to a reveal, or write plain words.';
    return [{ path, text: first.address, what: 'A claim here cannot be held against a request.', mend }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    strayClaims(inner, [...path, list ? Number(key) : key]),
  );
}
