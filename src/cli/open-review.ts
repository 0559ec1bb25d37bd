import { fingerprint } from '../course/hash.ts';
import { type ReviewItem, reviewItems } from '../course/index.ts';
import { Deck } from '../progress/deck.ts';
import { daysUntil, isDue, lessonOfCard, type Progress } from '../progress/index.ts';
import { dueText, type OpenedLesson } from '../tui/ports.ts';
import type { LibraryLesson, LoadProblem } from './library.ts';
import { predictionsOf } from './playing.ts';
import { type Asked, keyOf, PlayingReview, type Review } from './reviewing.ts';

/** How many are asked in one sitting. The rest stays due. */
const SITTING = 20;
/** How many questions make a quiz over several lessons. */
const MIXED_QUIZ = 10;

/** The lessons there are, what was done in them, and the time. */
export interface ReviewSource {
  readonly lessons: readonly LibraryLesson[];
  readonly progress: Progress;
  readonly now: () => Date;
}

/** What is due for review, soonest due first. What is no longer asked in its lesson is forgotten. */
export async function openReview(source: ReviewSource): Promise<OpenedLesson> {
  const { lessons, progress } = source;
  const known = [...progress.cards().keys()];
  const answered = new Set(known.map(lessonOfCard));
  const read = await readItems(lessons.filter(({ id }) => answered.has(id)));
  const keys = new Set(read.asked.map(keyOf));
  const gone = known.filter((key) => read.lessons.has(lessonOfCard(key)) && !keys.has(key));
  void progress.keepCards(new Map(gone.map((key) => [key, null])));
  const deck = deckOf(source);
  const due = read.asked.filter((one) => {
    const card = deck.card(keyOf(one));
    return card !== undefined && (card.content !== one.item.version || isDue(card, deck.time()));
  });
  const asked = mixed(due, deck).slice(0, SITTING);
  const nothing = read.problem ?? dueText({ count: 0, next: null });
  return opened(source, { id: 'review:', title: 'Due for review', asked }, nothing);
}

/** The quiz of one lesson, in its order. */
export async function openQuiz(lesson: LibraryLesson, source: ReviewSource): Promise<OpenedLesson> {
  const read = await readItems([lesson]);
  const asked = read.asked.filter(isQuestion);
  const nothing = read.problem ?? `“${lesson.title}” has no quiz.`;
  return opened(source, { id: `quiz:${lesson.id}`, title: `Quiz: ${lesson.title}`, asked }, nothing);
}

/** Some questions of the lessons that were played to their end, and others answered before; soonest due first. */
export async function openMixedQuiz(source: ReviewSource): Promise<OpenedLesson> {
  const { lessons, progress } = source;
  const answered = new Set([...progress.cards().keys()].map(lessonOfCard));
  const isMastered = (id: string): boolean => progress.lesson(id)?.standing.state === 'mastered';
  const read = await readItems(lessons.filter(({ id }) => answered.has(id) || isMastered(id)));
  const deck = deckOf(source);
  const met = read.asked.filter(
    (one) => isQuestion(one) && (isMastered(one.lesson.id) || deck.card(keyOf(one)) !== undefined),
  );
  const asked = mixed(met, deck).slice(0, MIXED_QUIZ);
  const nothing = `There is nothing to ask you yet: play a lesson first, or name one, such as ${lessons[0]?.id}.`;
  return opened(source, { id: 'quiz:', title: 'A mixed quiz', asked }, read.problem ?? nothing);
}

function opened(source: ReviewSource, review: Omit<Review, 'earlier'>, nothing: string): OpenedLesson {
  if (review.asked.length === 0) return { problem: nothing };
  const { lessons, progress } = source;
  const earlier = predictionsOf(lessons.flatMap(({ id }) => progress.lesson(id) ?? []));
  return { play: PlayingReview.begin({ ...review, earlier }, deckOf(source)), notice: null };
}

function deckOf({ progress, now }: ReviewSource): Deck {
  return new Deck(() => progress.cards(), now);
}

/** What can be asked of some lessons, which of them could be read, and what is wrong with the first that could not. */
async function readItems(lessons: readonly LibraryLesson[]): Promise<{
  readonly asked: readonly Asked[];
  readonly lessons: ReadonlySet<string>;
  readonly problem: string | null;
}> {
  const read = await Promise.all(lessons.map(async (lesson) => ({ lesson, playable: await lesson.load() })));
  const asked: Asked[] = [];
  const ids = new Set<string>();
  const problems: LoadProblem[] = [];
  for (const { lesson, playable } of read) {
    if ('problem' in playable) {
      problems.push(playable);
      continue;
    }
    ids.add(lesson.id);
    const { id, title } = lesson;
    const ask = (item: ReviewItem): Asked => ({ lesson: { id, title }, scenario: playable.scenario, item });
    asked.push(...reviewItems(playable.scenario).map(ask));
  }
  return { asked, lessons: ids, problem: problems[0]?.problem ?? null };
}

/** By the day they are due; those of one day mixed, the same way each time. */
function mixed(asked: readonly Asked[], deck: Deck): readonly Asked[] {
  const place = (one: Asked): readonly [number, string] => {
    const due = deck.card(keyOf(one))?.due;
    return [due === undefined ? 0 : daysUntil(new Date(due), deck.time()), fingerprint(keyOf(one))];
  };
  return asked
    .map((one) => ({ one, place: place(one) }))
    .sort(({ place: a }, { place: b }) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
    .map(({ one }) => one);
}

function isQuestion({ item }: Asked): boolean {
  return item.kind === 'question';
}
