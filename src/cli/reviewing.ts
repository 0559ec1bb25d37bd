import {
  type CompiledScenario,
  isAnswered,
  type ObservedPrediction,
  type PlayerSnapshot,
  placeAt,
  type ReviewItem,
  type StepView,
  stepPlayer,
  viewOf,
} from '../course/index.ts';
import type { Deck } from '../progress/deck.ts';
import { cardKey, daysText, daysUntil, dayWords } from '../progress/index.ts';
import { printable } from '../shell/printable.ts';
import type { Play } from '../tui/ports.ts';
import { deckAfter } from './recall.ts';

/** A question or prediction to be asked again, and where it comes from. */
export interface Asked {
  readonly lesson: { readonly id: string; readonly title: string };
  readonly scenario: CompiledScenario;
  readonly item: ReviewItem;
}

/** What its card is kept by. */
export function keyOf({ lesson, scenario, item }: Asked): string {
  return cardKey(lesson.id, scenario.id, item.id);
}

/** What is played when questions of several lessons are asked, one after the other. */
export interface Review {
  readonly id: string;
  readonly title: string;
  readonly asked: readonly Asked[];
  /** Predictions made in lessons. */
  readonly earlier: readonly ObservedPrediction[];
}

/** Where a review is: at a question, in the world it is asked in; or over. */
interface Place {
  readonly at: number;
  /** Null when it is over. */
  readonly snapshot: PlayerSnapshot | null;
  /** Indexes of those that were not right at once. */
  readonly missed: readonly number[];
  /** Predictions made so far in this review. */
  readonly made: readonly ObservedPrediction[];
}

/** Questions and predictions asked again, as the surfaces take them. */
export class PlayingReview implements Play {
  readonly lesson: string;
  readonly following = null;
  readonly deck: Deck;
  readonly view: StepView;
  readonly last: Play['last'];
  private readonly review: Review;
  private readonly place: Place;

  private constructor(review: Review, place: Place, deck: Deck) {
    this.lesson = review.id;
    this.review = review;
    this.place = place;
    this.deck = deck;
    this.view = reviewView(review, place, deck);
    this.last = place.snapshot?.context.turn ?? null;
  }

  /** A review at its first question. */
  static begin(review: Review, deck: Deck): Play {
    return new PlayingReview(review, placeOf(review, 0, [], []), deck);
  }

  send(event: Parameters<Play['send']>[0]): Play {
    const { review, place } = this;
    const asked = review.asked[place.at];
    if (place.snapshot === null || asked === undefined) return this;
    if (event.type === 'continued' && isAnswered(place.snapshot)) {
      const missed = isRight(place.snapshot, asked.item.id) ? place.missed : [...place.missed, place.at];
      const made = [...place.made, ...Object.values(place.snapshot.context.predictions)];
      return new PlayingReview(review, placeOf(review, place.at + 1, missed, made), this.deck);
    }
    const { snapshot } = stepPlayer(place.snapshot, event);
    if (snapshot === place.snapshot) return this;
    const deck = deckAfter(this.deck, asked.lesson.id, place.snapshot.context, snapshot.context);
    return new PlayingReview(review, { ...place, snapshot }, deck);
  }
}

function placeOf(
  { asked }: Review,
  at: number,
  missed: readonly number[],
  made: readonly ObservedPrediction[],
): Place {
  const next = asked[at];
  return { at, snapshot: next === undefined ? null : placeAt(next.scenario, next.item.id), missed, made };
}

/** True when the first answer to this item was right. */
function isRight({ context }: PlayerSnapshot, item: string): boolean {
  const question = context.scenario.quiz.find(({ id }) => id === item);
  return question === undefined
    ? context.predictions[item]?.right === true
    : question.options[context.answers[item]?.[0] ?? -1]?.right === true;
}

function reviewView(review: Review, { at, snapshot, missed, made }: Place, deck: Deck): StepView {
  const lesson = { id: review.id, title: printable(review.title) };
  const asked = review.asked[at];
  if (snapshot === null || asked === undefined) {
    return {
      lesson,
      part: 'closing',
      step: { id: 'closing', title: 'Done', number: 1, of: 1 },
      passages: [{ kind: 'text', markdown: printable(closing(review, missed, deck)) }],
      goals: [],
      ask: { kind: 'end', next: null },
      session: null,
      hasEarlier: false,
      hidesWhy: false,
    };
  }
  const { item } = asked;
  const title = item.kind === 'prediction' ? `${asked.lesson.title}: ${item.text}` : asked.lesson.title;
  return {
    ...viewOf(snapshot, [...review.earlier, ...made]),
    lesson,
    // Each question comes from a lesson of its own.
    hasEarlier: false,
    part: 'review',
    step: {
      id: keyOf(asked),
      title: printable(title),
      number: at + 1,
      of: review.asked.length,
    },
  };
}

/** What was missed, what to read again, and when everything comes back. */
function closing({ title, asked }: Review, missed: readonly number[], deck: Deck): string {
  const dueOf = (one: Asked | undefined): string | undefined => one && deck.card(keyOf(one))?.due;
  const others = asked.flatMap((one, index) => (missed.includes(index) ? [] : (dueOf(one) ?? [])));
  const again = missed.flatMap((index) => {
    const one = asked[index];
    const due = dueOf(one);
    if (one === undefined || due === undefined) return [];
    return [`- ${missedText(one)} It comes back ${dayWords(daysUntil(new Date(due), deck.time()))}.`];
  });
  const back = daysText(others, deck.time());
  return [
    `**${title}**: ${asked.length - missed.length} of ${asked.length} right at once.`,
    ...(again.length === 0 ? [] : [`Worth another look:\n\n${again.join('\n')}`]),
    ...(back === '' ? [] : [`${missed.length === 0 ? 'They come' : 'The others come'} back: ${back}.`]),
  ].join('\n\n');
}

/** What was missed, and where it can be read again. */
function missedText({ item, lesson }: Asked): string {
  if (item.kind === 'prediction') return `The prediction *${item.text}* in *${lesson.title}*.`;
  const words = /[.?!:]$/.test(item.text) ? item.text : `${item.text}.`;
  return `${words}${item.reread === null ? '' : ` Read again: *${item.reread}* in *${lesson.title}*.`}`;
}
