import { answeredBetween, type CompiledScenario, type PlayerSnapshot, reviewItems } from '../course/index.ts';
import type { Deck } from '../progress/deck.ts';
import { cardKey, daysText } from '../progress/index.ts';

type Context = PlayerSnapshot['context'];

/** The deck after what a learner answered between two moments of a lesson that are one event apart. */
export function deckAfter(deck: Deck, lesson: string, before: Context, after: Context): Deck {
  const answered = answeredBetween(before, after);
  if (answered === null) return deck;
  const { scenario } = after;
  const item = reviewItems(scenario).find(({ id }) => id === answered.item);
  const key = item === undefined ? null : cardKey(lesson, scenario.id, item.id);
  const counted = item === undefined || key === null ? deck : deck.answered(key, item, answered.recall);
  return answered.misconception === null ? counted : counted.misled(answered.misconception, key);
}

/** When what was answered of a lesson comes back: `4 questions and 1 prediction come back for review: …`; else empty. */
export function comesBackText(deck: Deck, lesson: string, scenario: CompiledScenario): string {
  const answered = reviewItems(scenario).flatMap(({ id, kind }) => {
    const card = deck.card(cardKey(lesson, scenario.id, id));
    return card === undefined ? [] : [{ kind, due: card.due }];
  });
  const counted = (['question', 'prediction'] as const).flatMap((kind) => {
    const count = answered.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  if (counted.length === 0) return '';
  const verb = answered.length === 1 ? 'comes' : 'come';
  const dues = answered.map(({ due }) => due);
  return `${counted.join(' and ')} ${verb} back for review: ${daysText(dues, deck.time())}.`;
}
