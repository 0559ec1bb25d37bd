import { writeFile } from './history.ts';
import { runLine } from './line.ts';
import type { LogEntry, Session, Turn } from './session.ts';

/** Does one entry of a log again. */
export function playEntry(session: Session, entry: LogEntry): Turn {
  return entry.kind === 'line'
    ? runLine(session, entry.line, entry.actor)
    : {
        session: writeFile(session, entry.name, entry.content),
        output: '',
        exit: 0,
        attempts: [],
        effect: { kind: 'none' },
        asks: null,
      };
}
