import { withoutClaims } from './claims.ts';
import type { CompiledScenario } from './content.ts';
import type { PathProblem } from './path-problem.ts';

const LINKED = /\[[^\]]+\]\(claim:[^)\s]*\)/g;
/** Says in so many words what came of a request. A question says nothing, so a sentence that asks does not count. */
const OUTCOME =
  /\b(?:is|was|are|were|gets|got) (?:now |still |again |not )?(?:allowed|denied|refused)\b(?=[^?.!]*[.!])/;

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
      const [found] = OUTCOME.exec(text.replaceAll(LINKED, '…')) ?? [];
      if (found === undefined) return [];
      const mend = 'If a request comes to this, make a link of it: `[denied](claim:denied#my-request)`.';
      return [{ path: ['steps', index, field], what: `"${found}" is tied to no request.`, mend }];
    }),
  );
}
