import { actorName } from '../../cloud/index.ts';
import { isLogFile } from '../../cloud/services/cloudtrail/delivery.ts';
import type { World } from '../../cloud/world.ts';
import { readAnswered } from '../answered-line.ts';
import { backTo, bringBack, momentAfter } from '../history.ts';
import { isSame } from '../same.ts';
import type { LogEntry, Moment, Session } from '../session.ts';
import { type OwnCommand, type OwnResult, saying } from './result.ts';

/** `undo`: takes back the last thing that changed something, and what came after it. */
export const undo: OwnCommand = {
  usage: 'undo',
  summary: 'Take back the last change, and say what it was',
  run({ session }) {
    const index = lastChange(session);
    const entry = session.log[index];
    if (entry === undefined) {
      return saying(session, 'There is nothing to take back: nothing has changed since this step began.', 1);
    }
    const later = session.log.length - index - 1;
    const more = later === 0 ? '' : `\nWith it went the ${lineCount(later)} after it, which changed nothing.`;
    return gone(session, index, `Taken back: ${entryText(entry)}${more}`);
  },
};

/** `reset`: everything is as it was when the step began. */
export const reset: OwnCommand = {
  usage: 'reset',
  summary: 'Go back to where this step began',
  run({ session }) {
    const count = session.log.length - session.mark;
    if (count === 0) return saying(session, 'Nothing was done since this step began.');
    const what = count === 1 ? 'one line was' : `${count} lines were`;
    return gone(session, session.mark, `Everything is as it was when this step began: ${what} taken back.`);
  },
};

/** `redo`: what `undo` or `reset` took back last is there again. */
export const redo: OwnCommand = {
  usage: 'redo',
  summary: 'Bring back what undo or reset took back last',
  run({ session }) {
    const again = bringBack(session);
    if (again === null) {
      return saying(
        session,
        'There is nothing to bring back: something new was done since, or nothing was taken back.',
        1,
      );
    }
    const added = again.log.slice(session.log.length);
    const [entry] = added;
    const first = entry === undefined ? '' : entryText(entry);
    const more = added.length === 1 ? '' : `\nWith it came the ${lineCount(added.length - 1)} after it.`;
    return moved(session, again, `Brought back: ${first}${more}`);
  },
};

/** Where in the log the last thing stands that changed something since the step began; -1 when nothing did. */
export function lastChange(session: Session): number {
  return session.log.findLastIndex(
    (_, at) => at >= session.mark && isChange(session.moments[at], momentAfter(session, at)),
  );
}

function gone(session: Session, index: number, said: string): OwnResult {
  return moved(session, backTo(session, index), said);
}

function moved(before: Session, after: Session, said: string): OwnResult {
  const { world, actor } = after.now;
  const seat = isSame(actor, before.now.actor) ? '' : `\nYou are ${actorName(world, actor)} again.`;
  return saying(after, `${said}${seat}`);
}

function lineCount(count: number): string {
  return count === 1 ? 'line' : `${count} lines`;
}

/** True when an entry of the log changed something: a request that only read, or was refused, leaves traces alone. */
export function isChange(before: Moment | undefined, after: Moment): boolean {
  return (
    before === undefined ||
    !isSame(before.actor, after.actor) ||
    !isSame(before.files, after.files) ||
    !isSame(before.machines, after.machines) ||
    changesWorld(before, after)
  );
}

/** True when an entry of the log changed something in the world. */
export function changesWorld(before: Moment | undefined, after: Moment): boolean {
  return before === undefined || !isSame(lasting(before.world), lasting(after.world), isTrace);
}

function lasting({ trail: _, settling: __, ...world }: World): Partial<World> {
  return world;
}

/** A request that only read, or was refused, leaves its traces on the key and in log files, and changes nothing. */
function isTrace(name: string): boolean {
  return name === 'lastUsed' || isLogFile(name);
}

/** An entry of the log in one line of 120 characters at most, without what was answered to questions. */
export function entryText(entry: LogEntry): string {
  if (entry.kind === 'file') return `the change of the file ${entry.name}`;
  const line = readAnswered(entry.line).command.trim().replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
