import { readAnswered } from './answered-line.ts';
import { fileName, writeProblem } from './files.ts';
import type { LogEntry, Moment, Session, TakenBack } from './session.ts';

/** A session that begins at this moment, with nothing to take back. */
export function openSession(now: Moment): Session {
  return { now, log: [], moments: [], mark: 0, undone: [], logs: {} };
}

/** The session after something was done that led to `now`. */
export function record(session: Session, entry: LogEntry, now: Moment): Session {
  return {
    ...session,
    now,
    log: [...session.log, entry],
    moments: [...session.moments, session.now],
    undone: [],
  };
}

/** Begins a step: `undo` and `reset` go back to here and no further, and `redo` brings nothing back. */
export function mark(session: Session): Session {
  return { ...session, mark: session.log.length, undone: [] };
}

/**
 * Puts a file into the workspace, as an editor does. The same session when the file has this content already,
 * or when `writeProblem` speaks against its name.
 */
export function writeFile(session: Session, path: string, content: string): Session {
  const name = fileName(path);
  const { files } = session.now;
  if (writeProblem(name) !== null || (Object.hasOwn(files, name) && files[name] === content)) return session;
  return record(
    session,
    { kind: 'file', name, content },
    { ...session.now, files: { ...files, [name]: content } },
  );
}

/** The moment that the i-th entry of the log led to. */
export function momentAfter(session: Session, index: number): Moment {
  return session.moments[index + 1] ?? session.now;
}

/** The moment that the whole log began with. */
export function startOf({ moments, now }: Session): Moment {
  return moments[0] ?? now;
}

/** The commands that were typed, oldest first: the history of a line editor. What they asked is asked again. */
export function linesOf({ log }: Session): readonly string[] {
  return log.flatMap((entry) => (entry.kind === 'line' ? [readAnswered(entry.line).command] : []));
}

/** The session as it was before the entry at `index` and all later ones, which `bringBack` can bring again. */
export function backTo(session: Session, index: number): Session {
  return {
    ...session,
    now: session.moments[index] ?? session.now,
    log: session.log.slice(0, index),
    moments: session.moments.slice(0, index),
    undone: [...session.undone, takenFrom(session, index)],
  };
}

/** The end of a session from the entry at `index` on. */
export function takenFrom({ log, moments, now }: Session, index: number): TakenBack {
  return { log: log.slice(index), moments: moments.slice(index), now };
}

/** The session with what was last taken back brought again; null when there is nothing. */
export function bringBack(session: Session): Session | null {
  const last = session.undone.at(-1);
  return last === undefined
    ? null
    : {
        ...session,
        now: last.now,
        log: [...session.log, ...last.log],
        moments: [...session.moments, ...last.moments],
        undone: session.undone.slice(0, -1),
      };
}
