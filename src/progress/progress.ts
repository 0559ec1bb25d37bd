import { type Notice, ProgressStore } from './file.ts';
import type { LessonRecord } from './record.ts';

/** Milliseconds between an event and its save: a burst of events makes one write. */
const SETTLE = 60;

/** What the learner has done: in memory for the screens, and in the file a moment later. */
export class Progress {
  readonly #lessons: Map<string, LessonRecord>;
  readonly #store: ProgressStore | null;
  readonly #waiting = new Map<string, () => LessonRecord>();
  #writing: Promise<Notice | null> | null = null;
  #hurry: (() => void) | null = null;

  private constructor(lessons: Map<string, LessonRecord>, store: ProgressStore | null) {
    this.#lessons = lessons;
    this.#store = store;
  }

  /** Reads the progress kept in `directory`; never fails. `notices` are for the first screen. */
  static async open(directory: string): Promise<{ progress: Progress; notices: readonly Notice[] }> {
    const store = new ProgressStore(directory);
    const loaded = await store.load();
    const progress =
      loaded.kind === 'loaded'
        ? new Progress(new Map(Object.entries(loaded.lessons)), store)
        : new Progress(new Map(), null);
    return { progress, notices: loaded.notices };
  }

  /** What is kept of a lesson, or undefined when it was never begun. */
  lesson(id: string): LessonRecord | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting) this.#take(id, waiting);
    return this.#lessons.get(id);
  }

  /** Ids of the lessons that were begun, the last one first. */
  recent(): readonly string[] {
    for (const [id, make] of this.#waiting) this.#take(id, make);
    return [...this.#lessons].sort(([, a], [, b]) => b.updated.localeCompare(a.updated)).map(([id]) => id);
  }

  /**
   * Keeps a lesson's record. It is made only when it is written, off the key's path; a later call for the same
   * lesson takes an earlier one's place. Resolves when it is in the file: with null, or with a notice when it
   * could not be written.
   */
  keep(id: string, make: () => LessonRecord): Promise<Notice | null> {
    this.#waiting.set(id, once(make));
    this.#writing ??= this.#write();
    return this.#writing;
  }

  /** Resolves when everything kept so far is in the file. To be awaited before the process ends. */
  async flush(): Promise<Notice | null> {
    this.#hurry?.();
    return this.#writing;
  }

  #take(id: string, make: () => LessonRecord): void {
    this.#lessons.set(id, make());
  }

  async #write(): Promise<Notice | null> {
    let notice: Notice | null = null;
    try {
      while (this.#waiting.size > 0) {
        await this.#settle();
        const records = new Map([...this.#waiting].map(([id, make]) => [id, make()]));
        this.#waiting.clear();
        for (const [id, record] of records) this.#lessons.set(id, record);
        notice = (await this.#store?.save(records)) ?? notice;
      }
    } finally {
      this.#writing = null;
    }
    return notice;
  }

  #settle(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#hurry = null;
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, SETTLE);
      this.#hurry = done;
    });
  }
}

function once(make: () => LessonRecord): () => LessonRecord {
  let made: LessonRecord | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
