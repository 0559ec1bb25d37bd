import { type CardRecord, isCardRecord, isObject } from './card.ts';

/** What is kept of one lesson. */
export interface LessonRecord {
  /** Version of the content that `player` was made with. */
  readonly content: string;
  /** The saved player, as the course wrote it and as only the course reads it; null when there is none. */
  readonly player: unknown;
  /** Where the learner stands, for the home screen. */
  readonly standing: Standing;
  /** How the lesson was ended, the last time it was; stays when the lesson is begun anew. */
  readonly mastered: Mastered | null;
  /** When this was written, ISO 8601. */
  readonly updated: string;
}

/** Where the learner stands in a lesson. */
export type Standing =
  /** `done` of `steps` steps; `where` is the present step in words. */
  | { readonly state: 'begun'; readonly done: number; readonly steps: number; readonly where: string }
  | { readonly state: 'mastered' };

export interface Mastered {
  /** Of the quiz, such as `4 of 5`; null when nothing was counted. */
  readonly score: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** The whole of `progress.json`. Fields we do not know are kept as they are. */
export interface ProgressFile {
  readonly format: typeof FORMAT;
  /** By lesson id. */
  readonly lessons: Readonly<Record<string, LessonRecord>>;
  /** Questions and predictions that come back, by key. */
  readonly cards: Readonly<Record<string, CardRecord>>;
}

/** The format this program reads and writes. */
export const FORMAT = 1;

/** What was found in a progress file. */
export type Reading =
  | { readonly kind: 'read'; readonly file: ProgressFile; readonly damaged: readonly string[] }
  /** Written by a later version of this program, in a format that is not ours to change. */
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Reads the text of a progress file. A lesson whose record is not sound is left out and named in `damaged`, as are
 * questions; the others are kept.
 */
export function readProgress(text: string): Reading {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON' };
  }
  if (!isObject(data)) return { kind: 'unreadable', why: 'it is not a JSON object' };
  if (typeof data.format === 'number' && data.format > FORMAT) return { kind: 'newer', format: data.format };
  if (data.format !== FORMAT) return { kind: 'unreadable', why: `it has no "format": ${FORMAT}` };
  if (!isObject(data.lessons)) return { kind: 'unreadable', why: 'it has no "lessons"' };
  const lessons: Record<string, LessonRecord> = {};
  const damaged: string[] = [];
  for (const [id, record] of Object.entries(data.lessons)) {
    if (isLessonRecord(record)) lessons[id] = record;
    else damaged.push(id);
  }
  // An earlier version of this program wrote none.
  const written = Object.entries(isObject(data.cards) ? data.cards : {});
  const cards = written.flatMap(([key, card]) => (isCardRecord(card) ? [[key, card] as const] : []));
  const lost = data.cards === undefined || isObject(data.cards) ? written.length - cards.length : 1;
  if (lost > 0) damaged.push(lost === 1 ? 'a question to review' : `${lost} questions to review`);
  return {
    kind: 'read',
    file: { ...data, format: FORMAT, lessons, cards: Object.fromEntries(cards) },
    damaged,
  };
}

function isLessonRecord(value: unknown): value is LessonRecord {
  return (
    isObject(value) &&
    typeof value.content === 'string' &&
    'player' in value &&
    isStanding(value.standing) &&
    (value.mastered === null || isMastered(value.mastered)) &&
    typeof value.updated === 'string'
  );
}

function isStanding(value: unknown): value is Standing {
  if (!isObject(value)) return false;
  if (value.state === 'mastered') return true;
  return (
    value.state === 'begun' &&
    typeof value.done === 'number' &&
    typeof value.steps === 'number' &&
    typeof value.where === 'string'
  );
}

function isMastered(value: unknown): value is Mastered {
  return (
    isObject(value) &&
    (value.score === null || typeof value.score === 'string') &&
    typeof value.at === 'string'
  );
}
