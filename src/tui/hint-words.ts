import type { StepView } from '../course/view.ts';

/** What is said where a task has no hint to give, now or at all; null where it has one, or where no task is. */
export function noHintWords({ ask, part, passages }: StepView): string | null {
  if (ask.kind !== 'task' || ask.hints > 0) return null;
  if (part === 'sandbox') return 'Free play has no hints: there is nothing to get wrong.';
  if (ask.hintsInAll === 0) return 'This task has no hints.';
  return passages.some(({ kind }) => kind === 'hint')
    ? 'No more hints for how things stand now.'
    : 'No hints for how things stand now.';
}
