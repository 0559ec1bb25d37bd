import type { InParts } from '../cloud/in-parts.ts';
import {
  emptyMoment,
  type ObservedPrediction,
  openSandbox,
  overGrantAdvice,
  type PlayerSnapshot,
  predictionsIn,
  progressOf,
  restorePlayer,
  type Sandbox,
  sandboxView,
  savePlayer,
  startMoment,
  startPlayer,
  stepPlayer,
  stepSandbox,
  viewOf,
} from '../course/index.ts';
import type { LessonRecord, Standing } from '../progress/index.ts';
import type { Play } from '../tui/ports.ts';
import type { Playable } from './library.ts';

/**
 * A lesson being played, as the surfaces take it. In a file of its own, which is loaded when a lesson is opened:
 * the simulated cloud is not needed for the home screen.
 */
class PlayingLesson implements Play {
  readonly lesson: string;
  readonly snapshot: PlayerSnapshot;
  readonly view: Play['view'];
  readonly last: Play['last'];

  private readonly earlier: readonly ObservedPrediction[];

  constructor(lesson: string, snapshot: PlayerSnapshot, earlier: readonly ObservedPrediction[]) {
    this.lesson = lesson;
    this.snapshot = snapshot;
    this.earlier = earlier;
    this.view = viewOf(snapshot, earlier);
    this.last = snapshot.context.turn;
  }

  send(event: Parameters<Play['send']>[0]): Play {
    const { snapshot } = stepPlayer(this.snapshot, event);
    return snapshot === this.snapshot ? this : new PlayingLesson(this.lesson, snapshot, this.earlier);
  }
}

/** Free play in a world, as the surfaces take it. It is never kept. */
class PlayingSandbox implements Play {
  readonly lesson: string;
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

/** A lesson from its beginning. `earlier` are predictions made in other lessons. */
export function begin(
  id: string,
  { lesson, scenario }: Playable,
  earlier: readonly ObservedPrediction[] = [],
): Play {
  return new PlayingLesson(id, startPlayer(lesson, scenario), earlier);
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
  earlier: readonly ObservedPrediction[] = [],
): { readonly play: Play; readonly changed: boolean } {
  const { snapshot, changed } = restorePlayer(saved, lesson, scenario);
  return { play: new PlayingLesson(id, snapshot, earlier), changed };
}

/** What a search finds to say of a play; null when there is nothing. */
export function* adviceOn(play: Play): InParts<string | null> {
  return play instanceof PlayingLesson ? yield* overGrantAdvice(play.snapshot) : null;
}

/** What to keep of a play; null when nothing has been done in it yet. */
export function recordOf(play: Play, before: LessonRecord | undefined, now: Date): LessonRecord | null {
  if (!(play instanceof PlayingLesson)) return null;
  const { snapshot } = play;
  const { state, done, of, quiz } = progressOf(snapshot);
  if (state === 'new' && before === undefined) return null;
  const updated = now.toISOString();
  const standing: Standing =
    state === 'finished' ? { state: 'mastered' } : { state: 'begun', done, steps: of, where: place(play) };
  const score = quiz.of === 0 ? null : `${quiz.right} of ${quiz.of}`;
  return {
    content: snapshot.context.scenario.version,
    player: savePlayer(snapshot),
    standing,
    mastered: state === 'finished' ? { score, at: updated } : (before?.mastered ?? null),
    updated,
  };
}

function place({ view: { part, step } }: Play): string {
  const titled = `${step.number} of ${step.of}: ${step.title}`;
  switch (part) {
    case 'concept':
      return `Page ${titled}`;
    case 'scenario':
      return `Scenario, step ${titled}`;
    case 'quiz':
      return `Quiz, question ${step.number} of ${step.of}`;
    case 'closing':
    case 'sandbox':
      return step.title;
  }
}
