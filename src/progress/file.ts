import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type CardRecord, laterCard } from './card.ts';
import { holdingLock, isCode } from './lock.ts';
import { FORMAT, type LessonRecord, type ProgressFile, readProgress } from './record.ts';

/** What a learner has to be told of their progress file, one sentence or two each. */
export type Notice = string;

export type Loaded =
  | {
      readonly kind: 'loaded';
      readonly file: ProgressFile;
      readonly notices: readonly Notice[];
    }
  /** The file may not be written: what is done stays in memory. */
  | { readonly kind: 'memory-only'; readonly notices: readonly Notice[] };

const EMPTY: ProgressFile = { format: FORMAT, lessons: {}, cards: {} };

/** What is to be written: records that take the place of the file's; a card of null is forgotten. */
export interface Unwritten {
  readonly lessons: ReadonlyMap<string, LessonRecord>;
  readonly cards: ReadonlyMap<string, CardRecord | null>;
}

/** `progress.json` in one folder, shared with every other process that plays there. */
export class ProgressStore {
  readonly #directory: string;
  readonly #path: string;
  readonly #json: Adapter<ProgressFile>;

  constructor(directory: string) {
    this.#directory = directory;
    this.#path = join(directory, 'progress.json');
    this.#json = new JSONFile<ProgressFile>(this.#path);
  }

  /** Reads the file. One that cannot be read is set aside, and the notice says where. */
  async load(): Promise<Loaded> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isCode(error, 'ENOENT')) return { kind: 'loaded', file: EMPTY, notices: [] };
      return { kind: 'memory-only', notices: [notSaved(this.#path, error)] };
    }
    const reading = readProgress(text);
    if (reading.kind === 'newer') return { kind: 'memory-only', notices: [this.#newer(reading.format)] };
    try {
      if (reading.kind === 'unreadable') {
        const aside = await this.#setAside('move');
        const notice = `Your progress file could not be read: ${reading.why}. It is kept as ${aside}, and you start with none.`;
        return { kind: 'loaded', file: EMPTY, notices: [notice] };
      }
      if (reading.damaged.length === 0) {
        return { kind: 'loaded', file: reading.file, notices: [] };
      }
      const aside = await this.#setAside('copy');
      const notice = `Your progress in ${reading.damaged.join(', ')} could not be read and starts anew. The file as it was is kept as ${aside}.`;
      return { kind: 'loaded', file: reading.file, notices: [notice] };
    } catch (error) {
      return { kind: 'memory-only', notices: [notSaved(this.#path, error)] };
    }
  }

  /**
   * Writes these records, and leaves the others as the file has them by now: two processes that play different
   * lessons lose nothing. Resolves with null, or with a notice when it could not be written.
   */
  async save({ lessons, cards }: Unwritten): Promise<Notice | null> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      return await holdingLock(join(this.#directory, 'progress.lock'), async () => {
        const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
          if (isCode(error, 'ENOENT')) return null;
          throw error;
        });
        const reading = text === null ? null : readProgress(text);
        if (reading?.kind === 'newer') return this.#newer(reading.format);
        let notice: Notice | null = null;
        if (reading?.kind === 'unreadable') {
          const aside = await this.#setAside('move');
          notice = `Your progress file was changed by something else and could not be read: ${reading.why}. It is kept as ${aside}.`;
        }
        const db = new Low<ProgressFile>(this.#json, reading?.kind === 'read' ? reading.file : EMPTY);
        db.data = {
          ...db.data,
          lessons: { ...db.data.lessons, ...Object.fromEntries(lessons) },
          cards: withCards(db.data.cards, cards),
        };
        await db.write();
        return notice;
      });
    } catch (error) {
      return notSaved(this.#path, error);
    }
  }

  #newer(format: number): Notice {
    return `Your progress was written by a newer version of walkthrough (format ${format}; this one writes ${FORMAT}). It is left as it is, and what you do now is not saved.`;
  }

  /** Keeps the present file under the first free name and gives that name. */
  async #setAside(how: 'move' | 'copy'): Promise<string> {
    for (let n = 1; ; n++) {
      const aside = `${this.#path}.unreadable-${n}`;
      try {
        await copyFile(this.#path, aside, constants.COPYFILE_EXCL);
      } catch (error) {
        if (isCode(error, 'EEXIST')) continue;
        throw error;
      }
      // Renaming onto the copy keeps the name taken at every moment: two processes never share one.
      if (how === 'move') await rename(this.#path, aside);
      return aside;
    }
  }
}

function withCards(
  before: ProgressFile['cards'],
  changed: Unwritten['cards'],
): Readonly<Record<string, CardRecord>> {
  const cards = new Map(Object.entries(before));
  for (const [key, card] of changed) {
    if (card === null) cards.delete(key);
    else cards.set(key, laterCard(cards.get(key), card));
  }
  return Object.fromEntries(cards);
}

function notSaved(path: string, error: unknown): Notice {
  const why = error instanceof Error ? error.message : String(error);
  return `Your progress cannot be kept in ${path} (${why}). You can go on; set WALKTHROUGH_HOME to a folder you may write to, and start again, to keep it.`;
}
