import { mkdir, rmdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A save takes a few milliseconds; a lock older than this belongs to a process that is gone. Milliseconds. */
const STALE = 3_000;
const RETRY = 25;

/**
 * Runs `work` while holding the lock, a folder at `path` that only one process can make, and gives its result.
 * Throws what `work` throws, and the file system's error when the folder cannot be made.
 */
export async function holdingLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (!(await taken(path))) await sleep(RETRY);
  try {
    return await work();
  } finally {
    await rmdir(path).catch(() => undefined);
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  const made = await stat(path).catch(() => undefined);
  if (made && Date.now() - made.mtimeMs > STALE) await rmdir(path).catch(() => undefined);
  return false;
}

/** Whether an error is the file system's with this code, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
