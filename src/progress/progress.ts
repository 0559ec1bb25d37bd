import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CardRecord, type Cards, laterCard } from './card.ts';
import { type Notice, ProgressStore } from './file.ts';
import { mergeRecords } from './merge.ts';
import { FORMAT, type LessonRecord, type ProgressFile } from './record.ts';

/** Makes a lesson's record, from the one before it; null when there is nothing to keep. */
export type MakeRecord = (before: LessonRecord | undefined) => LessonRecord | null;

/** What the learner has done: in memory for the screens, and in the file a moment later. */
export class Progress {
  readonly #lessons: Map<string, LessonRecord>;
  readonly #cards: Map<string, CardRecord>;
  readonly #store: ProgressStore | null;
  readonly #waiting = new Map<string, MakeRecord>();
  readonly #waitingCards = new Map<string, CardRecord | null>();
  #writing: Promise<Notice | null> | null = null;

  private constructor({ lessons, cards }: Omit<ProgressFile, 'format'>, store: ProgressStore | null) {
    this.#lessons = new Map(Object.entries(lessons));
    this.#cards = new Map(Object.entries(cards));
    this.#store = store;
  }

  /** Reads the progress kept in `directory`; never fails. `notices` are for the first screen. */
  static async open(directory: string): Promise<{ progress: Progress; notices: readonly Notice[] }> {
    const store = new ProgressStore(directory);
    const loaded = await store.load();
    const progress =
      loaded.kind === 'loaded'
        ? new Progress(loaded.file, store)
        : new Progress({ lessons: {}, cards: {} }, null);
    return { progress, notices: loaded.notices };
  }

  /** What is kept of a lesson, or undefined when it was never begun. */
  lesson(id: string): LessonRecord | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting) this.#take(id, waiting);
    return this.#lessons.get(id);
  }

  /** Everything that is kept, as the file has it. */
  whole(): ProgressFile {
    const ids = [...new Set([...this.#lessons.keys(), ...this.#waiting.keys()])].sort();
    const lessons = ids.flatMap((id) => {
      const record = this.lesson(id);
      return record === undefined ? [] : [[id, record] as const];
    });
    const cards = [...this.#cards].sort(([a], [b]) => (a < b ? -1 : 1));
    return { format: FORMAT, lessons: Object.fromEntries(lessons), cards: Object.fromEntries(cards) };
  }

  /** Takes in what was kept elsewhere; nothing that was earned here is lost. Resolves as `keep` does. */
  async merge({ lessons, cards }: Pick<ProgressFile, 'lessons' | 'cards'>): Promise<Notice | null> {
    if (this.#store === null) return 'Nothing was taken in: the progress that is here cannot be written.';
    for (const [id, record] of Object.entries(lessons))
      void this.keep(id, (before) => mergeRecords(before, record));
    void this.keepCards(new Map(Object.entries(cards)));
    return this.flush();
  }

  /** The questions and predictions that come back, as they are by now. */
  cards(): Cards {
    return this.#cards;
  }

  /** Keeps these cards where they are later than what is there; null forgets one. Resolves as `keep` does. */
  async keepCards(cards: ReadonlyMap<string, CardRecord | null>): Promise<Notice | null> {
    for (const [key, card] of cards) {
      const before = this.#cards.get(key);
      const after = card === null ? undefined : laterCard(before, card);
      if (after === before) continue;
      if (after === undefined) this.#cards.delete(key);
      else this.#cards.set(key, after);
      this.#waitingCards.set(key, after ?? null);
    }
    if (this.#waitingCards.size > 0) this.#writing ??= this.#write();
    return this.#writing;
  }

  /** Ids of the lessons that were begun, the last one first. */
  recent(): readonly string[] {
    for (const [id, make] of this.#waiting) this.#take(id, make);
    return [...this.#lessons].sort(([, a], [, b]) => b.updated.localeCompare(a.updated)).map(([id]) => id);
  }

  /**
   * Keeps a lesson's record. It is made only when it is written, off the key's path; of those that come while
   * another is being written only the last is. Resolves when it is in the file: with null, or with a notice when
   * it could not be written.
   */
  keep(id: string, make: MakeRecord): Promise<Notice | null> {
    this.#waiting.set(id, make);
    this.#writing ??= this.#write();
    return this.#writing;
  }

  /** Resolves when everything kept so far is in the file. To be awaited before the process ends. */
  async flush(): Promise<Notice | null> {
    return this.#writing;
  }

  /** Makes the record that waits, for whoever looks before it is written. */
  #take(id: string, make: MakeRecord): LessonRecord | null {
    const record = make(this.#lessons.get(id));
    if (record === null) return null;
    this.#lessons.set(id, record);
    this.#waiting.set(id, () => record);
    return record;
  }

  async #write(): Promise<Notice | null> {
    let notice: Notice | null = null;
    try {
      while (this.#waiting.size + this.#waitingCards.size > 0) {
        await nextTurn();
        const lessons = new Map<string, LessonRecord>();
        for (const [id, make] of this.#waiting) {
          const record = this.#take(id, make);
          if (record !== null) lessons.set(id, record);
        }
        const cards = new Map(this.#waitingCards);
        this.#waiting.clear();
        this.#waitingCards.clear();
        if (lessons.size + cards.size > 0) notice = (await this.#store?.save({ lessons, cards })) ?? notice;
      }
    } finally {
      this.#writing = null;
    }
    return notice;
  }
}
