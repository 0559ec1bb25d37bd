import type { LessonRecord, Progress } from '../progress/index.ts';
import { type CoursePort, type LessonCard, type LessonProgress, sandboxId } from '../tui/ports.ts';
import type { LibraryLesson } from './library.ts';
import type * as Playing from './playing.ts';

/** The course and the learner's progress, as the surfaces need them. `now` tells the time, for what is kept. */
export function coursePort(
  lessons: readonly LibraryLesson[],
  progress: Progress,
  now: () => Date,
): CoursePort {
  let adviceOn: typeof Playing.adviceOn | null = null;
  // Every play comes out of `open`, so that keeping one never waits for a file to load.
  let recordOf: typeof Playing.recordOf = () => null;
  return {
    lessons: () => lessons.map((lesson) => card(lesson, progress.lesson(lesson.id))),

    next() {
      const begun = progress.recent().find((id) => progress.lesson(id)?.standing.state === 'begun');
      const known = lessons.find(({ id }) => id === begun);
      const fresh = lessons.find(({ id }) => progress.lesson(id) === undefined);
      return (known ?? fresh ?? lessons[0])?.id ?? null;
    },

    async open(id, from) {
      const found = lessons.find((lesson) => lesson.id === id);
      if (found === undefined) return { problem: `There is no lesson called ${id}.` };
      const [playing, playable] = await Promise.all([import('./playing.ts'), found.load()]);
      if ('problem' in playable) return playable;
      recordOf = playing.recordOf;
      adviceOn = playing.adviceOn;
      const record = progress.lesson(id);
      const others = lessons.flatMap((each) => (each.id === id ? [] : (progress.lesson(each.id) ?? [])));
      const earlier = playing.predictionsOf(others);
      if (from === 'anew' || record === undefined) {
        return { play: playing.begin(id, playable, earlier), notice: null };
      }
      const { play, changed } = playing.resume(id, playable, record.player, earlier);
      return { play, notice: changed ? changedWords(record) : null };
    },

    async sandbox(id) {
      const found = lessons.find((lesson) => lesson.id === id);
      if (id !== null && found === undefined) return { problem: `There is no lesson called ${id}.` };
      const [playing, playable] = await Promise.all([import('./playing.ts'), found?.load() ?? null]);
      if (playable !== null && 'problem' in playable) return playable;
      recordOf = playing.recordOf;
      return { play: playing.beginSandbox(sandboxId(id), playable), notice: null };
    },

    *advise(play) {
      const advice = adviceOn === null ? null : yield* adviceOn(play);
      return advice === null ? null : { type: 'advice.found', advice };
    },

    keep(play) {
      const at = now();
      return progress.keep(play.lesson, (before) => recordOf(play, before, at));
    },
  };
}

function changedWords({ standing }: LessonRecord): string {
  return standing.state === 'mastered'
    ? 'This lesson has changed since you finished it. What you earned stays; r on the home screen plays the new one.'
    : 'This scenario has changed since you were here: same step, fresh world.';
}

function card(lesson: LibraryLesson, record: LessonRecord | undefined): LessonCard {
  const { load: _load, ...shown } = lesson;
  return { ...shown, progress: standingOf(record) };
}

function standingOf(record: LessonRecord | undefined): LessonProgress {
  if (record === undefined) return { state: 'new' };
  if (record.standing.state === 'begun') return record.standing;
  return { state: 'mastered', score: record.mastered?.score ?? null };
}
