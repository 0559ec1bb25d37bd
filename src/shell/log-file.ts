import { createHash } from 'node:crypto';
import type { Actor } from '../cloud/actor.ts';
import { isObject } from '../iam/problem.ts';
import { readAnswered } from './answered-line.ts';
import { writeProblem } from './files.ts';
import { startOf } from './history.ts';
import type { LogEntry, Moment, Session } from './session.ts';
import { splitWords } from './words.ts';

const FORMAT = 'walkthrough-log';
const VERSION = 1;

/** A log as it is passed on: what was done from a scenario's start, and where that led. Plain JSON. */
export interface LogFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Fingerprint of the moment it begins with: tells which scenario, and which version of it. */
  readonly start: string;
  /** Fingerprint of the moment it led to. */
  readonly end: string;
  readonly entries: readonly LogEntry[];
}

/** A log that was read; or what is wrong with the text, and in which entry. */
export type ReadLog =
  | { readonly kind: 'log'; readonly log: LogFile }
  | { readonly kind: 'problem'; readonly message: string };

/** Tells one moment from another: 16 hexadecimal digits. Moments that are equal as JSON text have the same. */
export function fingerprint(moment: Moment): string {
  return createHash('sha256').update(JSON.stringify(moment)).digest('hex').slice(0, 16);
}

/** Why a log file cannot have this name, and what to do; null when it can. */
export function logNameProblem({ now }: Session, name: string): string | null {
  if (name === '') return 'Under which name? For example first-try.json.';
  return Object.hasOwn(now.files, name)
    ? `${name} is a file of the workspace. Give the log another name.`
    : writeProblem(name);
}

/** The text of a session's log file: one entry a line. */
export function logFileText(session: Session): string {
  const head = { format: FORMAT, version: VERSION, start: fingerprint(startOf(session)) };
  const entries = session.log.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `${JSON.stringify({ ...head, end: fingerprint(session.now) }, null, 2).slice(0, -2)},
  "entries": [${entries === '' ? '' : `\n${entries}\n  `}]
}
`;
}

/** Reads the text of a log file. */
export function readLogFile(text: string): ReadLog {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return problem(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value) || value.format !== FORMAT) {
    return problem(`It is no log: its "format" must be "${FORMAT}". \`save\` writes one.`);
  }
  const { version, start, end, entries } = value;
  if (version !== VERSION) {
    return problem(
      `Its "version" is ${JSON.stringify(version) ?? 'missing'}; this program reads ${VERSION}.`,
    );
  }
  if (!isFingerprint(start)) return problem('"start" must be 16 hexadecimal digits.');
  if (!isFingerprint(end)) return problem('"end" must be 16 hexadecimal digits.');
  if (!Array.isArray(entries)) return problem('"entries" must be a list.');
  const read: LogEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const found = readEntry(entry);
    if (typeof found === 'string') return problem(`Entry ${index + 1} of ${entries.length}: ${found}`);
    read.push(found);
  }
  return { kind: 'log', log: { format: FORMAT, version: VERSION, start, end, entries: read } };
}

/** Commands that change the log itself and are therefore never in one. */
const NEVER_LOGGED: readonly string[] = ['undo', 'redo', 'reset', 'save', 'load'];

/** An entry; or a sentence about what is wrong with it. */
function readEntry(entry: unknown): LogEntry | string {
  if (!isObject(entry)) return 'it must be an object with a "kind".';
  const { kind, line, name, content } = entry;
  if (kind === 'line') {
    if (typeof line !== 'string') return '"line" must be the text of the line.';
    const split = splitWords(readAnswered(line).command);
    const command = split.kind === 'words' ? split.words[0] : undefined;
    if (command !== undefined && NEVER_LOGGED.includes(command)) {
      return `'${command}' changes the log itself, so it cannot be in one.`;
    }
    const actor = readActor(entry.actor);
    return typeof actor === 'string' ? actor : { kind, actor, line };
  }
  if (kind === 'file') {
    if (typeof name !== 'string' || typeof content !== 'string') return '"name" and "content" must be text.';
    return writeProblem(name) ?? { kind, name, content };
  }
  return '"kind" must be "line" or "file".';
}

function readActor(actor: unknown): Actor | string {
  if (!isObject(actor)) return '"actor" must say who typed the line.';
  const { kind, account, user, instance, process, workload, accessKey, secret, token } = actor;
  const { permissionSet } = actor;
  if (typeof account !== 'string') return '"actor.account" must be the id of an account.';
  switch (kind) {
    case 'user':
      return typeof user === 'string' ? { kind, account, user } : '"actor.user" must be the name of a user.';
    case 'root':
      return { kind, account };
    case 'instance':
      if (typeof instance !== 'string') return '"actor.instance" must be the id of an instance.';
      return process === null || typeof process === 'string'
        ? { kind, account, instance, process }
        : '"actor.process" must be the name of a process, or null.';
    case 'workload':
      return typeof workload === 'string'
        ? { kind, account, workload }
        : '"actor.workload" must be the name of a program.';
    case 'workforce':
      return typeof user === 'string' && (permissionSet === null || typeof permissionSet === 'string')
        ? { kind, account, user, permissionSet }
        : '"actor" must have a "user" and a "permissionSet", which may be null.';
    case 'attacker':
      return typeof accessKey === 'string'
        ? { kind, account, accessKey }
        : '"actor.accessKey" must be the id of a key.';
    case 'anonymous':
      return { kind, account: '' };
    case 'key':
      return typeof accessKey === 'string' &&
        typeof secret === 'string' &&
        (token === null || typeof token === 'string')
        ? { kind, account, accessKey, secret, token }
        : '"actor" must have a key: "accessKey", "secret" and "token", which may be null.';
    default:
      return '"actor.kind" must be "user", "root", "instance", "key", "workload", "workforce", "attacker" or "anonymous".';
  }
}

function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function problem(message: string): ReadLog {
  return { kind: 'problem', message };
}
