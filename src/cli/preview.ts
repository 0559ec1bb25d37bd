import { type FSWatcher, watch } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { play } from './play.ts';

/** An editor writes a file in several steps; milliseconds until they are over. */
const SETTLED = 120;

/**
 * Plays a file and reads it again whenever it, or a file beside it, is saved; the learner's progress is left alone.
 * Gives the exit code.
 */
export async function preview(
  file: string,
  options: { readonly dist: URL; readonly plain: boolean },
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'walkthrough-preview-'));
  try {
    return await play(
      { kind: 'lesson', lesson: file },
      { ...options, progress: folder, watch: (changed) => watchFile(file, changed) },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Calls `changed` after a lesson or scenario in the file's folder, or in `scenarios/` beside it, was saved. Gives the
 * function that ends it. Folders are watched, because editors put another file in the old one's place.
 */
export function watchFile(file: string, changed: () => void): () => void {
  const folder = dirname(resolve(file));
  let timer: NodeJS.Timeout | undefined;
  const saved = (_: string, name: string | null): void => {
    if (name !== null && !/\.(md|ya?ml)$/.test(basename(name))) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED);
  };
  const watchers = [folder, join(folder, '../scenarios')].flatMap((each): FSWatcher[] => {
    try {
      const watcher = watch(each, saved);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      // There is no such folder, or the system has no more watches: the file is still played.
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
