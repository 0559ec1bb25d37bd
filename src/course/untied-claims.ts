import { withoutClaims } from './claims.ts';
import type { CompiledScenario } from './content.ts';
import type { PathProblem } from './path-problem.ts';

const LINKED = /\[[^\]]+\]\(claim:[^)\s]*\)/g;
/**
 * Ways to say what came of a request. A question says nothing, so a sentence that asks does not count, and neither
 * does a rule (`always allowed`) or that nobody was denied.
 */
const OUTCOMES: readonly RegExp[] = [
  /(?<!\b(?:nobody|nothing) )\b(?:is|was|are|were|gets|got|be|been|\w+n't)(?: (?!always\b)\w+){0,2} (?:allowed|denied|refused|rejected|never sent)\b(?=[^?.!]*[.!])/i,
  /\b(?:is|was|are|were) never sent\b(?=[^?.!]*[.!])/i,
  /(?<=^|[.!:] )(?:allowed|denied|refused|rejected|never sent)\b(?=[^?.!]*[.!])/i,
  /\bAWS (?:\w+ )?(?:denies|allows|refuses)\b(?=[^?.!]*[.!])/,
];

/** Reveals that hold nothing against what happens: a reader could not rely on them. */
export function untiedReveals({ steps }: CompiledScenario): readonly PathProblem[] {
  return steps.flatMap((step, index) => {
    if (step.kind !== 'predict' || withoutClaims(step.reveal) !== step.reveal) return [];
    const mend = 'Make a link of what it says: `[denied](claim:denied/identity)`.';
    return [{ path: ['steps', index, 'reveal'], what: 'This reveal claims nothing that is checked.', mend }];
  });
}

/** Sentences that sound as if they told what comes of a request, and are tied to none. */
export function looseOutcomes({ steps }: CompiledScenario): readonly PathProblem[] {
  return steps.flatMap((step, index) =>
    [
      { field: 'text', text: step.text },
      ...(step.kind === 'predict' ? [{ field: 'reveal', text: step.reveal }] : []),
    ].flatMap(({ field, text }): readonly PathProblem[] => {
      const plain = text.replaceAll(LINKED, '…').replaceAll(/\s+/g, ' ');
      const found = OUTCOMES.map((outcome) => outcome.exec(plain)?.[0]).find((words) => words !== undefined);
      if (found === undefined) return [];
      const mend = 'If a request comes to this, make a link of it: `[denied](claim:denied#my-request)`.';
      return [{ path: ['steps', index, field], what: `"${found}" is tied to no request.`, mend }];
    }),
  );
}
