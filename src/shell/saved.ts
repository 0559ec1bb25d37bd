import { completed } from '../cloud/index.ts';
import { mark, openSession, takenFrom } from './history.ts';
import { playEntry } from './replay.ts';
import { isSame } from './same.ts';
import type { LogEntry, Moment, Session, TakenBack } from './session.ts';

/** A session as it is kept: plain JSON. Its past is done again from the scenario's start. */
export interface SavedSession {
  readonly log: readonly LogEntry[];
  readonly now: Moment;
  readonly mark: number;
  /** What `redo` can bring again, the latest last; none when left out. */
  readonly undone?: readonly (readonly LogEntry[])[];
  /** Log files that `save` wrote; none when left out. */
  readonly logs?: Readonly<Record<string, string>>;
}

/** What is kept of a session. */
export function save({ log, now, mark, undone, logs }: Session): SavedSession {
  return { log, now, mark, undone: undone.map((taken) => taken.log), logs };
}

/**
 * A session as it was saved. The log is done again from `start`; when that leads to the saved moment, `undo` and
 * `why` reach back as before. When it does not (the scenario's start or this program has changed since), the saved
 * moment is kept, with what worlds have come to hold since, and has no past.
 */
export function restore(saved: SavedSession, start: Moment): Session {
  let session = openSession(start);
  if (saved.mark === 0) session = mark(session);
  for (const entry of saved.log) {
    session = playEntry(session, entry).session;
    if (session.log.length === saved.mark) session = mark(session);
  }
  const logs = saved.logs ?? {};
  const isWhole =
    session.mark === saved.mark && isSame(session.log, saved.log) && isSame(session.now, saved.now);
  return isWhole
    ? { ...session, undone: doneAgain(session, saved.undone ?? []), logs }
    : {
        ...openSession({ ...saved.now, world: completed(saved.now.world, start.world) }),
        logs,
      };
}

/** What was taken back, with the moments it leads through. */
function doneAgain(session: Session, undone: readonly (readonly LogEntry[])[]): readonly TakenBack[] {
  const taken: TakenBack[] = [];
  let end = session;
  for (const entries of undone.toReversed()) {
    const before = end.log.length;
    end = entries.reduce((at, entry) => playEntry(at, entry).session, end);
    taken.unshift(takenFrom(end, before));
  }
  return taken;
}
