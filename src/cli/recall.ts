import { answeredBetween, type CompiledScenario, type PlayerSnapshot, reviewItems } from '../course/index.ts';
import type { Deck } from '../progress/deck.ts';
import { cardKey } from '../progress/index.ts';

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

/** When each question of a lesson that was answered comes back, ISO 8601. */
export function duesOf(deck: Deck, lesson: string, scenario: CompiledScenario): readonly string[] {
  return reviewItems(scenario).flatMap(({ id }) => deck.card(cardKey(lesson, scenario.id, id))?.due ?? []);
}
