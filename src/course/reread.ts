import type { Option } from './content.ts';
import { type PlayerSnapshot, progressOf } from './player.ts';
import { type PlayerContext, preparedLines } from './player-context.ts';
import { playerMachine } from './player-machine.ts';
import { viewOf } from './player-view.ts';
import type { Passage, StepView } from './view.ts';

/** How many pages, steps and questions lie behind a player: so far back it can be read again. */
export function placesBehind(snapshot: PlayerSnapshot): number {
  return progressOf(snapshot).done;
}

/**
 * What a surface shows of a place behind the player, `back` places before the present one: what was read there and
 * what came of it. Nothing is done again, and the account stays as it is now.
 */
export function rereadView(snapshot: PlayerSnapshot, back: number): StepView {
  const place = placesBehind(snapshot) - back;
  const view = viewOf(at(snapshot, place));
  return {
    ...view,
    passages: [...view.passages.slice(0, 1), ...optionsAt(snapshot, place), ...view.passages.slice(1)],
    hasEarlier: place > 0,
    ask: { kind: 'reread' },
  };
}

/** The player as it was when it had done everything at a place, counted from the lesson's first page. */
function at({ context }: PlayerSnapshot, place: number): PlayerSnapshot {
  const pages = context.lesson?.pages.length ?? 0;
  const { steps } = context.scenario;
  const done = { ...context, draft: null, turn: null, advice: null };
  if (place < pages)
    return playerMachine.resolveState({ value: 'concept', context: { ...done, page: place } });
  const step = place - pages;
  const question = step - steps.length;
  if (question >= 0) {
    const there = { ...done, step: steps.length, question };
    return playerMachine.resolveState({ value: { quiz: 'answered' }, context: there });
  }
  return afterStep({ ...done, step });
}

function afterStep(context: PlayerContext): PlayerSnapshot {
  const step = context.scenario.steps[context.step];
  const there: PlayerContext = {
    ...context,
    linesRun: preparedLines(context).length,
    goals:
      step?.kind === 'task'
        ? step.goals.map(({ id, text }) => ({ id, text, state: 'met', feedback: null }))
        : [],
    differs: context.differed[step?.id ?? ''] ?? { text: null, reveal: null },
  };
  switch (step?.kind) {
    case 'predict':
      return playerMachine.resolveState({ value: { scenario: { predict: 'revealed' } }, context: there });
    case 'task':
      return playerMachine.resolveState({ value: { scenario: { task: 'done' } }, context: there });
    case 'question':
      return playerMachine.resolveState({ value: { scenario: { question: 'answered' } }, context: there });
    default:
      return playerMachine.resolveState({ value: { scenario: 'say' }, context: there });
  }
}

/** The options of a question that was answered, which are no longer asked. */
function optionsAt({ context }: PlayerSnapshot, place: number): readonly Passage[] {
  const { lesson, scenario } = context;
  const asked = [...scenario.steps, ...scenario.quiz][place - (lesson?.pages.length ?? 0)];
  if (asked === undefined || !('options' in asked)) return [];
  return [{ kind: 'text', markdown: asked.options.map(optionText).join('\n') }];
}

function optionText({ text, right }: Option): string {
  return `- ${right ? '✓ ' : ''}${text.trim()}`;
}
