import {
  daysUntil,
  dayWords,
  isDue,
  type LessonRecord,
  lessonOfCard,
  type Progress,
} from '../progress/index.ts';
import {
  type CoursePort,
  type DueForReview,
  type LessonCard,
  type LessonProgress,
  sandboxId,
} from '../tui/ports.ts';
import type { LibraryLesson } from './library.ts';
import type * as Playing from './playing.ts';

/** The course and the learner's progress, as the surfaces need them. `now` tells the time, for what is kept. */
export function coursePort(
  lessons: readonly LibraryLesson[],
  progress: Progress,
  now: () => Date,
): CoursePort {
  // Every play comes out of `open` or its like, so that keeping one never waits for a file to load.
  let playing: typeof Playing | null = null;
  const loaded = async (): Promise<typeof Playing> => {
    playing ??= await import('./playing.ts');
    return playing;
  };
  const isNew = ({ id }: LibraryLesson): boolean => progress.lesson(id) === undefined;
  const named = (id: string): LibraryLesson | undefined => lessons.find((lesson) => lesson.id === id);
  const unknown = (id: string) => ({ problem: `There is no lesson called ${id}.` });
  return {
    lessons() {
      const due = dueByLesson(progress, now());
      return lessons.map((lesson) => cardOf(lesson, progress.lesson(lesson.id), due.get(lesson.id) ?? 0));
    },

    next() {
      const recent = progress.recent().flatMap((id) => named(id) ?? []);
      const begun = recent.find(({ id }) => progress.lesson(id)?.standing.state === 'begun');
      // An instructor's course that is being played goes on before another begins.
      const own = lessons.find((each) => each.course === recent[0]?.course && isNew(each));
      return (begun ?? own ?? lessons.find(isNew) ?? lessons[0])?.id ?? null;
    },

    due: () => dueNow(lessons, progress, now()),

    async open(id, from) {
      const found = named(id);
      if (found === undefined) return unknown(id);
      const [{ begin, resume, predictionsOf, Deck }, playable] = await Promise.all([loaded(), found.load()]);
      if ('problem' in playable) return playable;
      const record = progress.lesson(id);
      const others = lessons.flatMap((each) => (each.id === id ? [] : (progress.lesson(each.id) ?? [])));
      const around = {
        earlier: predictionsOf(others),
        following: followingOf(found, lessons, progress),
        deck: new Deck(() => progress.cards(), now),
      };
      if (from === 'anew' || record === undefined) return { play: begin(id, playable, around), notice: null };
      const { play, changed } = resume(id, playable, record.player, around);
      return { play, notice: changed ? changedWords(record) : null };
    },

    async sandbox(id) {
      const found = id === null ? null : named(id);
      if (id !== null && found === undefined) return unknown(id);
      const [{ beginSandbox }, playable] = await Promise.all([loaded(), found?.load() ?? null]);
      if (playable !== null && 'problem' in playable) return playable;
      return { play: beginSandbox(sandboxId(id), playable), notice: null };
    },

    async review() {
      const [{ openReview }] = await Promise.all([import('./open-review.ts'), loaded()]);
      return openReview({ lessons, progress, now });
    },

    async quiz(id) {
      const found = id === null ? null : named(id);
      if (found === undefined) return unknown(id ?? '');
      const [{ openQuiz, openMixedQuiz }] = await Promise.all([import('./open-review.ts'), loaded()]);
      const source = { lessons, progress, now };
      return found === null ? openMixedQuiz(source) : openQuiz(found, source);
    },

    *advise(play) {
      const advice = playing === null ? null : yield* playing.adviceOn(play);
      return advice === null ? null : { type: 'advice.found', advice };
    },

    async keep(play) {
      if (playing === null) return null;
      const { recordOf, cardsOf } = playing;
      const at = now();
      void progress.keepCards(cardsOf(play));
      return progress.keep(play.lesson, (before) => recordOf(play, before, at));
    },
  };
}

/** What comes after a lesson in its course and is not mastered yet: its challenge first. Null when nothing does. */
function followingOf(
  lesson: LibraryLesson,
  lessons: readonly LibraryLesson[],
  progress: Progress,
): LibraryLesson | null {
  const after = lessons.slice(lessons.indexOf(lesson) + 1);
  return (
    after.find(
      ({ id, course }) => course === lesson.course && progress.lesson(id)?.standing.state !== 'mastered',
    ) ?? null
  );
}

/** How many questions of each lesson are due. */
function dueByLesson(progress: Progress, now: Date): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [key, card] of progress.cards()) {
    if (!isDue(card, now)) continue;
    const lesson = lessonOfCard(key);
    counts.set(lesson, (counts.get(lesson) ?? 0) + 1);
  }
  return counts;
}

/** Of the lessons that are here: what was kept of others stays where it is. */
function dueNow(lessons: readonly LibraryLesson[], progress: Progress, now: Date): DueForReview {
  const ids = new Set(lessons.map(({ id }) => id));
  const cards = [...progress.cards()].flatMap(([key, card]) => (ids.has(lessonOfCard(key)) ? [card] : []));
  const [next] = cards.map(({ due }) => due).sort();
  return {
    count: cards.filter((card) => isDue(card, now)).length,
    next: next === undefined ? null : dayWords(daysUntil(new Date(next), now)),
  };
}

function changedWords({ standing }: LessonRecord): string {
  return standing.state === 'mastered'
    ? 'This lesson has changed since you finished it. What you earned stays; r on the home screen plays the new one.'
    : 'This scenario has changed since you were here: same step, fresh world, and what you did in this step done again.';
}

function cardOf(lesson: LibraryLesson, record: LessonRecord | undefined, due: number): LessonCard {
  const { load: _load, ...shown } = lesson;
  const progress = standingOf(record);
  const isFinished = progress.state === 'mastered' || (record?.mastered ?? null) !== null;
  return { ...shown, due, isFinished, progress };
}

function standingOf(record: LessonRecord | undefined): LessonProgress {
  if (record === undefined) return { state: 'new' };
  if (record.standing.state === 'begun') return record.standing;
  return { state: 'mastered', score: record.mastered?.score ?? null };
}
