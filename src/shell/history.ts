import { fileName, writeProblem } from './files.ts';
import type { LogEntry, Moment, Session } from './session.ts';

/** A session that begins at this moment, with nothing to take back. */
export function openSession(now: Moment): Session {
  return { now, log: [], moments: [], mark: 0 };
}

/** The session after something was done that led to `now`. */
export function record(session: Session, entry: LogEntry, now: Moment): Session {
  return {
    ...session,
    now,
    log: [...session.log, entry],
    moments: [...session.moments, session.now],
  };
}

/** Begins a step: `undo` and `reset` go back to here and no further. */
export function mark(session: Session): Session {
  return { ...session, mark: session.log.length };
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

/** The session as it was before the entry at `index` and all later ones. */
export function backTo(session: Session, index: number): Session {
  return {
    ...session,
    now: session.moments[index] ?? session.now,
    log: session.log.slice(0, index),
    moments: session.moments.slice(0, index),
  };
}
