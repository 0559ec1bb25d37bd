import { actorName } from '../../cloud/index.ts';
import { fileName, readFile } from '../files.ts';
import { backTo, momentAfter, startOf } from '../history.ts';
import { fingerprint, type LogFile, logFileText, logNameProblem, readLogFile } from '../log-file.ts';
import { nearest } from '../nearest.ts';
import { playEntry } from '../replay.ts';
import { isSame } from '../same.ts';
import type { LogEntry, Session } from '../session.ts';
import { type OwnCommand, type OwnResult, saying } from './result.ts';
import { table } from './trail.ts';
import { entryText } from './undo.ts';

/** `log`: everything that was done in this session. */
export const log: OwnCommand = {
  usage: 'log',
  summary: 'Everything you did so far, numbered',
  run({ session }) {
    if (session.log.length === 0) return saying(session, 'Nothing was done yet.');
    const rows = session.log.map((entry, index) => [
      String(index + 1),
      who(session, entry, index),
      entryText(entry),
    ]);
    const waiting = session.undone.reduce((sum, taken) => sum + taken.log.length, 0);
    const more =
      waiting === 0
        ? ''
        : waiting === 1
          ? '\nOne more was taken back: `redo` brings it again.'
          : `\n${waiting} more were taken back: \`redo\` brings them again.`;
    return saying(session, `${table([['#', 'who', 'line'], ...rows])}${more}`);
  },
};

/** `save <file>`: the log as a file, from which it can be played again. */
export const save: OwnCommand = {
  usage: 'save <file>',
  summary: 'Keep everything you did as a log file',
  run({ session, words }) {
    const [path, more] = words;
    if (path === undefined || more !== undefined) {
      return saying(session, "Under which name? For example 'save first-try.json'.", 1);
    }
    const name = fileName(path);
    const problem = logNameProblem(session, name);
    if (problem !== null) return saying(session, problem, 1);
    const content = logFileText(session);
    const left =
      session.undone.length === 0 ? '' : '\nWhat was taken back is not in it: `redo` brings it again.';
    return saying(
      { ...session, logs: { ...session.logs, [name]: content } },
      `${counted(session.log.length)} kept in ${name}. \`load ${name}\` plays it again.${left}`,
      0,
      { kind: 'export-file', name, content },
    );
  },
};

/** `load <file>`: goes where a log file leads. */
export const load: OwnCommand = {
  usage: 'load <file>',
  summary: 'Play a log file: everything is as it was when it was saved',
  run({ session, words }) {
    const [path, more] = words;
    const names = Object.keys(session.logs);
    if (path === undefined || more !== undefined) {
      const there = names.length === 0 ? '`save <file>` writes one.' : `There are: ${names.join(', ')}`;
      return saying(session, `Which log file? ${there}`, 1);
    }
    const text = readFile(session.logs, path) ?? readFile(session.now.files, path);
    if (text === undefined) {
      const near = nearest(fileName(path), names);
      const meant = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
      const missing = `load: ${path}: No such file or directory${meant}`;
      return saying(session, missing, 1, { kind: 'import-file', name: fileName(path) });
    }
    return playText(session, path, text);
  },
};

/** Plays the text of a log file that was found outside the workspace, and keeps it when it can be played. */
export function loadText(session: Session, name: string, text: string): OwnResult {
  const played = playText(session, name, text);
  if (played.exit !== 0) return played;
  return { ...played, session: { ...played.session, logs: { ...played.session.logs, [name]: text } } };
}

function playText(session: Session, path: string, text: string): OwnResult {
  const read = readLogFile(text);
  return read.kind === 'problem'
    ? saying(session, `${path} cannot be played. ${read.message}`, 1)
    : play(session, path, read.log);
}

/** Goes back to where the log leaves what was done here, and does the rest of it. */
function play(session: Session, path: string, { start, end, entries }: LogFile): OwnResult {
  if (fingerprint(startOf(session)) !== start) {
    return saying(session, `${path} begins in another world than this one: it cannot be played here.`, 1);
  }
  const differs = entries.findIndex((entry, index) => !isSame(entry, session.log[index]));
  const common = differs === -1 ? entries.length : differs;
  if (common < session.mark) {
    return saying(
      session,
      `${path} leaves your way before this step began, and a step cannot be left backwards.`,
      1,
    );
  }
  const back = common < session.log.length ? backTo(session, common) : session;
  const after = entries.slice(common).reduce((at, entry) => playEntry(at, entry).session, back);
  const gone = session.log.length - common;
  const lines = [
    `${counted(entries.length)} of ${path} played.`,
    ...(gone === 0 ? [] : [`${counted(gone)} of yours went for it.`]),
    ...(isSame(after.now.actor, session.now.actor)
      ? []
      : [`You are ${actorName(after.now.world, after.now.actor)} now.`]),
    ...(fingerprint(after.now) === end ? [] : ['It led elsewhere than when it was saved.']),
  ];
  return saying(after, lines.join('\n'));
}

function who(session: Session, entry: LogEntry, index: number): string {
  return entry.kind === 'line' ? actorName(momentAfter(session, index).world, entry.actor) : '';
}

function counted(count: number): string {
  return count === 1 ? 'One line' : `${count} lines`;
}
