/** What is kept of one question or prediction that was answered and comes back. */
export interface CardRecord {
  /** Version of the question it was answered as: another one is asked anew. */
  readonly content: string;
  /** Ids of the wrong ideas that answering it can show. */
  readonly misconceptions: readonly string[];
  /** When it is to come back, ISO 8601. */
  readonly due: string;
  readonly memory: Memory;
  /** When this was written, ISO 8601. */
  readonly updated: string;
}

/** How well a question is remembered, as ts-fsrs counts it. */
export interface Memory {
  /** Days until it is remembered nine times in ten. */
  readonly stability: number;
  /** From 1 to 10. */
  readonly difficulty: number;
  readonly reps: number;
  readonly lapses: number;
  readonly scheduledDays: number;
  /** ISO 8601. */
  readonly lastReview: string;
}

/** Cards by the key that `cardKey` makes. */
export type Cards = ReadonlyMap<string, CardRecord>;

/** What a card is kept by: ids that stay when texts change. */
export function cardKey(lesson: string, scenario: string, item: string): string {
  return `${lesson}/${scenario}/${item}`;
}

/** The lesson that a card's question belongs to. Ids of lessons may hold slashes, those after them do not. */
export function lessonOfCard(key: string): string {
  return key.split('/').slice(0, -2).join('/');
}

/** The one of two records of a card that was written later; the second when both were at once. */
export function laterCard(one: CardRecord | undefined, other: CardRecord): CardRecord {
  return one === undefined || other.updated >= one.updated ? other : one;
}

/** True for what `progress.json` holds of a card, down to numbers that can be counted with. */
export function isCardRecord(value: unknown): value is CardRecord {
  return (
    isObject(value) &&
    typeof value.content === 'string' &&
    Array.isArray(value.misconceptions) &&
    value.misconceptions.every((each) => typeof each === 'string') &&
    isTime(value.due) &&
    isTime(value.updated) &&
    isMemory(value.memory)
  );
}

function isMemory(value: unknown): value is Memory {
  return (
    isObject(value) &&
    isWithin(value.stability, 0.001, 36_500) &&
    isWithin(value.difficulty, 1, 10) &&
    isWithin(value.reps, 0, 1e6) &&
    isWithin(value.lapses, 0, 1e6) &&
    isWithin(value.scheduledDays, 0, 36_500) &&
    isTime(value.lastReview)
  );
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

function isTime(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
