import { backTo } from './history.ts';
import { logFileText } from './log-file.ts';
import type { Session } from './session.ts';

/**
 * Goes on from the moment before the entry at `index` of the log. What came after is kept in a log file, whose name is
 * given back, and `redo` brings it again. The same session and no name when nothing came after.
 */
export function continueFrom(
  session: Session,
  index: number,
): { readonly session: Session; readonly kept: string | null } {
  if (!Number.isInteger(index) || index < 0 || index >= session.log.length) return { session, kept: null };
  const kept = freeName(session);
  const logs = { ...session.logs, [kept]: logFileText(session) };
  const back = backTo(session, index);
  return { session: { ...back, mark: Math.min(session.mark, index), logs }, kept };
}

function freeName({ logs, now }: Session): string {
  for (let number = 1; ; number++) {
    const name = `way-${number}.json`;
    if (!Object.hasOwn(logs, name) && !Object.hasOwn(now.files, name)) return name;
  }
}
