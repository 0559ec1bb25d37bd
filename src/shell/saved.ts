import { mark, openSession, writeFile } from './history.ts';
import { runLine } from './line.ts';
import { isSame } from './same.ts';
import type { LogEntry, Moment, Session } from './session.ts';

/** A session as it is kept: plain JSON. Its past is done again from the scenario's start. */
export interface SavedSession {
  readonly log: readonly LogEntry[];
  readonly now: Moment;
  readonly mark: number;
}

/** What is kept of a session. */
export function save({ log, now, mark }: Session): SavedSession {
  return { log, now, mark };
}

/**
 * A session as it was saved. The log is done again from `start`; when that leads to the saved moment, `undo` and
 * `why` reach back as before. When it does not (the scenario's start has changed since), the saved moment is
 * kept and has no past.
 */
export function restore(saved: SavedSession, start: Moment): Session {
  let session = openSession(start);
  if (saved.mark === 0) session = mark(session);
  for (const entry of saved.log) {
    session =
      entry.kind === 'file'
        ? writeFile(session, entry.name, entry.content)
        : runLine(session, entry.line, entry.actor).session;
    if (session.log.length === saved.mark) session = mark(session);
  }
  const isWhole =
    session.mark === saved.mark && isSame(session.log, saved.log) && isSame(session.now, saved.now);
  return isWhole ? session : openSession(saved.now);
}
