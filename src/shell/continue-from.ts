import { backTo } from './history.ts';
import { logFileText } from './log-file.ts';
import type { Session } from './session.ts';

/**
 * Goes on from the moment before the entry at `index` of the log. `redo` brings again what came after, and under the
 * name `keepAs` the whole log is kept as a log file; null keeps none. Null when nothing came after.
 */
export function continueFrom(session: Session, index: number, keepAs: string | null): Session | null {
  if (!Number.isInteger(index) || index < 0 || index >= session.log.length) return null;
  const logs = keepAs === null ? session.logs : { ...session.logs, [keepAs]: logFileText(session) };
  return { ...backTo(session, index), mark: Math.min(session.mark, index), logs };
}

/** A name for a log file that is not taken yet: `way-1.json`. */
export function freeLogName({ logs, now }: Session): string {
  for (let number = 1; ; number++) {
    const name = `way-${number}.json`;
    if (!Object.hasOwn(logs, name) && !Object.hasOwn(now.files, name)) return name;
  }
}
