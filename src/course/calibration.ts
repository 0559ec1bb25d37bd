import { CONFIDENCES } from './prediction.ts';
import type { ObservedPrediction } from './view.ts';

/** From how many predictions on a judgement is more than chance. */
const ENOUGH = 3;

/**
 * How well confidence has foretold being right, as Markdown: what came true at each confidence, and what to make of
 * it. Null without predictions.
 */
export function calibrationText(predictions: readonly ObservedPrediction[]): string | null {
  const said = CONFIDENCES.toReversed().flatMap(({ confidence, said: words }) => {
    const { right, of } = score(predictions, confidence);
    return of === 0 ? [] : [`${right} of ${of} when ${words === 'a guess' ? 'it was a guess' : words}`];
  });
  if (said.length === 0) return null;
  const judged = judgement(predictions);
  return `So far your predictions came true: ${said.join(', ')}.${judged === null ? '' : ` ${judged}`}`;
}

function score(
  predictions: readonly ObservedPrediction[],
  confidence: ObservedPrediction['prediction']['confidence'],
): { readonly right: number; readonly of: number } {
  const own = predictions.filter(({ prediction }) => prediction.confidence === confidence);
  return { right: own.filter(({ right }) => right).length, of: own.length };
}

function judgement(predictions: readonly ObservedPrediction[]): string | null {
  const sure = score(predictions, 'sure');
  const guess = score(predictions, 'guess');
  if (sure.of >= ENOUGH && sure.right / sure.of < 0.8) return 'You are surer than you are right.';
  if (guess.of >= ENOUGH && guess.right / guess.of > 0.7) return 'Your guesses are better than you think.';
  if (sure.of >= ENOUGH) return 'When you are sure, you can trust it.';
  return null;
}
