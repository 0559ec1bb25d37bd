import type { InParts } from '../cloud/in-parts.ts';
import {
  emptyMoment,
  type ObservedPrediction,
  openSandbox,
  overGrantAdvice,
  type PlayerSnapshot,
  placesBehind,
  predictionsIn,
  progressOf,
  rereadView,
  restorePlayer,
  type Sandbox,
  type StepView,
  sandboxView,
  savePlayer,
  startMoment,
  startPlayer,
  stepPlayer,
  stepSandbox,
  viewOf,
} from '../course/index.ts';
import type { Deck } from '../progress/deck.ts';
import type { Cards, LessonRecord, Standing } from '../progress/index.ts';
import { printable } from '../shell/printable.ts';
import { cardTitle } from '../tui/home-list.ts';
import type { Play } from '../tui/ports.ts';
import type { LessonEntry, Playable } from './library.ts';
import { comesBackText, deckAfter } from './recall.ts';
import { PlayingReview } from './reviewing.ts';

export { Deck } from '../progress/deck.ts';

/** What a lesson is played among. */
export interface Around {
  /** Predictions made in other lessons. */
  readonly earlier: readonly ObservedPrediction[];
  /** What comes after it in its course; null when nothing does. */
  readonly following: LessonEntry | null;
  /** The questions that come back. */
  readonly deck: Deck;
}

/**
 * A lesson being played, as the surfaces take it. In a file of its own, which is loaded when a lesson is opened:
 * the simulated cloud is not needed for the home screen.
 */
class PlayingLesson implements Play {
  readonly lesson: string;
  readonly following: string | null;
  readonly snapshot: PlayerSnapshot;
  readonly around: Around;
  readonly view: Play['view'];
  readonly last: Play['last'];
  /** How many places before the present one are read again; 0 at the present one. */
  private readonly back: number;

  constructor(lesson: string, snapshot: PlayerSnapshot, around: Around, back = 0) {
    this.lesson = lesson;
    this.following = around.following?.id ?? null;
    this.snapshot = snapshot;
    this.around = around;
    this.back = back;
    this.view = back > 0 ? rereadView(snapshot, back) : presentView(lesson, snapshot, around);
    this.last = snapshot.context.turn;
  }

  send(event: Parameters<Play['send']>[0]): Play {
    const { back } = this;
    if (event.type === 'earlier.asked') return this.reading(back + 1);
    if (event.type === 'reread.ended') return this.reading(0);
    if (event.type === 'continued' && back > 0) return this.reading(back - 1);
    const { snapshot } = stepPlayer(this.snapshot, event);
    if (snapshot === this.snapshot) return this;
    const deck = deckAfter(this.around.deck, this.lesson, this.snapshot.context, snapshot.context);
    return new PlayingLesson(this.lesson, snapshot, { ...this.around, deck });
  }

  private reading(back: number): Play {
    if (back === this.back || back > placesBehind(this.snapshot)) return this;
    return new PlayingLesson(this.lesson, this.snapshot, this.around, back);
  }
}

function presentView(lesson: string, snapshot: PlayerSnapshot, around: Around): StepView {
  const view = viewOf(snapshot, around.earlier);
  return view.part === 'closing' ? withWhatComes(view, lesson, snapshot, around) : view;
}

/** The closing screen, with when the questions come back and what to go on with. */
function withWhatComes(
  view: StepView,
  lesson: string,
  { context }: PlayerSnapshot,
  { following, deck }: Around,
): StepView {
  const back = comesBackText(deck, lesson, context.scenario);
  const title = following === null ? null : printable(cardTitle(following));
  const isChallenge = following !== null && following.challengeOf !== undefined;
  const next = `Next is **${title}**.${isChallenge ? ' No steps and no hints, only goals.' : ''}`;
  const words = [...(back === '' ? [] : [back]), ...(title === null ? [] : [next])];
  return {
    ...view,
    passages: [...view.passages, ...words.map((markdown) => ({ kind: 'text' as const, markdown }))],
    ask: { kind: 'end', next: title },
  };
}

/** Free play in a world, as the surfaces take it. It is never kept. */
class PlayingSandbox implements Play {
  readonly lesson: string;
  readonly following = null;
  readonly view: Play['view'];
  readonly last: Play['last'];
  private readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.lesson = sandbox.id;
    this.view = sandboxView(sandbox);
    this.last = sandbox.turn;
  }

  send(event: Parameters<Play['send']>[0]): Play {
    const next = stepSandbox(this.sandbox, event);
    return next === this.sandbox ? this : new PlayingSandbox(next);
  }
}

/** A lesson from its beginning. */
export function begin(id: string, { lesson, scenario }: Playable, around: Around): Play {
  return new PlayingLesson(id, startPlayer(lesson, scenario), around);
}

/** Free play in a scenario's world; without one, in an account with an administrator and nothing else. */
export function beginSandbox(id: string, playable: Playable | null): Play {
  const { title, moment } =
    playable === null
      ? { title: 'An empty account', moment: emptyMoment() }
      : { title: playable.scenario.title, moment: startMoment(playable.scenario) };
  return new PlayingSandbox(openSandbox(id, title, moment));
}

/** The predictions in what was kept of other lessons. */
export function predictionsOf(records: readonly LessonRecord[]): readonly ObservedPrediction[] {
  return records.flatMap(({ player }) => predictionsIn(player));
}

/** A lesson where it was left; `changed` when its scenario is another one by now. */
export function resume(
  id: string,
  { lesson, scenario }: Playable,
  saved: unknown,
  around: Around,
): { readonly play: Play; readonly changed: boolean } {
  const { snapshot, changed } = restorePlayer(saved, lesson, scenario);
  return { play: new PlayingLesson(id, snapshot, around), changed };
}

/** What a search finds to say of a play; null when there is nothing. */
export function* adviceOn(play: Play): InParts<string | null> {
  return play instanceof PlayingLesson ? yield* overGrantAdvice(play.snapshot) : null;
}

/** The cards that were changed in a play; none when it is free play. */
export function cardsOf(play: Play): Cards {
  if (play instanceof PlayingLesson) return play.around.deck.changed;
  return play instanceof PlayingReview ? play.deck.changed : new Map();
}

/** What to keep of a play; null when nothing has been done in it yet. */
export function recordOf(play: Play, before: LessonRecord | undefined, now: Date): LessonRecord | null {
  if (!(play instanceof PlayingLesson)) return null;
  const { snapshot } = play;
  const { state, done, of, quiz } = progressOf(snapshot);
  if (state === 'new' && before === undefined) return null;
  const updated = now.toISOString();
  const standing: Standing =
    state === 'finished'
      ? { state: 'mastered' }
      : { state: 'begun', done, steps: of, where: place(viewOf(snapshot)) };
  const score = quiz.of === 0 ? null : `${quiz.right} of ${quiz.of}`;
  return {
    content: snapshot.context.scenario.version,
    player: savePlayer(snapshot),
    standing,
    mastered: state === 'finished' ? { score, at: updated } : (before?.mastered ?? null),
    updated,
  };
}

function place({ part, step }: StepView): string {
  const titled = `${step.number} of ${step.of}: ${step.title}`;
  switch (part) {
    case 'concept':
      return `Page ${titled}`;
    case 'scenario':
      return `Scenario, step ${titled}`;
    case 'quiz':
      return `Quiz, question ${step.number} of ${step.of}`;
    case 'closing':
    case 'review':
    case 'sandbox':
      return step.title;
  }
}
