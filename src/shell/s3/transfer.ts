import type { Answer, ApiRequest } from '../../cloud/answer.ts';
import { etag } from '../../cloud/services/s3/objects.ts';
import { takeBody } from '../aws/request.ts';
import { type Files, fileName, readFile, writeProblem } from '../files.ts';
import { listOf, textOf } from '../json.ts';
import type { Ending, Plan } from '../plan.ts';
import { keyFor, target } from './cp.ts';
import { NO_KEY, reasonOf } from './failure.ts';
import { type Filter, isTaken } from './filters.ts';
import type { Writing } from './options.ts';
import type { Path } from './uri.ts';

/** How many files are transferred. */
export interface Manner {
  /** `cp` and `mv` take all; `sync` leaves out what the destination has with the same content. */
  readonly command: 'cp' | 'mv' | 'sync';
  /** What the destination alone has is deleted. */
  readonly deletes: boolean;
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
  readonly filters: readonly Filter[];
  /** What requests that write say beside the object. */
  readonly writing: Writing;
}

/** What a step of a transfer prints and does beside its requests. */
interface Step {
  readonly line: string;
  readonly failed?: true;
  readonly written?: readonly [name: string, body: string];
  readonly removed?: string;
}

/**
 * `aws s3 sync`, and `cp` and `mv` with `--recursive`: every file below a folder or prefix.
 * Source: AWS CLI Command Reference, s3/sync.html.
 */
export function* transferAll(from: Path, to: Path, files: Files, manner: Manner): Plan {
  const source = yield* contentsOf(from, files, manner.filters);
  if (!(source instanceof Map)) return source;
  if (from.kind === 'file' && source.size === 0) {
    return { output: `The user-provided path ${from.path} does not exist.`, exit: 255 };
  }
  const isSync = manner.command === 'sync';
  const there = isSync ? yield* contentsOf(to, files, manner.filters) : new Map<string, string>();
  if (!(there instanceof Map)) return there;
  const steps: Step[] = [];
  for (const [name, tag] of source) {
    if (there.get(name) === tag) continue;
    steps.push(...(yield* transfer(below(from, name), below(to, name), files, manner)));
  }
  for (const name of manner.deletes ? there.keys() : []) {
    if (!source.has(name)) steps.push(yield* remove(below(to, name), manner));
  }
  return ending(steps);
}

/** `--dryrun` of one file: what would be transferred, once the source is known to be there. */
export function* sayTransfer(command: 'cp' | 'mv', from: Path, to: Path, files: Files): Plan {
  if (from.kind === 'file') {
    if (readFile(files, from.path) === undefined) {
      return { output: `The user-provided path ${from.path} does not exist.`, exit: 255 };
    }
  } else {
    if (from.key === '') return { output: `fatal error: ${NO_KEY}`, exit: 1 };
    const answer = yield { operation: 's3:HeadObject', input: { Bucket: from.bucket, Key: from.key } };
    if (answer.kind !== 'done') {
      return { output: `fatal error: ${reasonOf('s3:HeadObject', answer)}`, exit: 1 };
    }
  }
  const name = from.kind === 's3' ? from.key : fileName(from.path);
  const goal: Path =
    to.kind === 's3'
      ? { ...to, key: keyFor(to.key, name) }
      : { kind: 'file', path: target(to.path, name, files) };
  const source: Path = from.kind === 's3' ? from : { kind: 'file', path: name };
  const verb = command === 'mv' ? 'move' : verbOf(from, to);
  return { output: `(dryrun) ${verb}: ${shown(source)} to ${shown(goal)}`, exit: 0 };
}

function ending(steps: readonly Step[]): Ending {
  return {
    output: steps.flatMap(({ line }) => (line === '' ? [] : [line])).join('\n'),
    exit: steps.some(({ failed }) => failed) ? 1 : 0,
    written: Object.fromEntries(steps.flatMap(({ written }) => (written === undefined ? [] : [written]))),
    removed: steps.flatMap(({ removed }) => removed ?? []),
  };
}

/** A part of a plan, which comes to something else than an ending. */
type Asking<T> = Generator<ApiRequest, T, Answer>;

/**
 * What is below a folder or prefix and is taken, by its name there, with the entity tag of its content; an ending when
 * it cannot be listed. A slash at the end of the path makes no difference.
 */
function* contentsOf(
  path: Path,
  files: Files,
  filters: readonly Filter[],
): Asking<Map<string, string> | Ending> {
  if (path.kind === 'file') {
    const folder = folderOf(path.path);
    const inside = Object.entries(files).filter(([name]) => name.startsWith(folder));
    const named = inside.map(([name, body]) => [name.slice(folder.length), etag(body)] as const);
    return new Map(named.filter(([name]) => isTaken(name, filters)));
  }
  const prefix = withSlash(path.key);
  const answer = yield {
    operation: 's3:ListObjectsV2',
    input: { Bucket: path.bucket, Prefix: prefix },
  };
  if (answer.kind !== 'done') {
    return { output: `fatal error: ${reasonOf('s3:ListObjectsV2', answer)}`, exit: 1 };
  }
  const objects = listOf(answer.output, 'Contents').map(
    (object) => [textOf(object, 'Key').slice(prefix.length), textOf(object, 'ETag')] as const,
  );
  // What ends in a slash is a folder that a console made.
  return new Map(objects.filter(([name]) => name !== '' && !name.endsWith('/') && isTaken(name, filters)));
}

function folderOf(path: string): string {
  const name = fileName(path);
  return name === '' || name === '.' ? '' : withSlash(name);
}

function withSlash(path: string): string {
  return path === '' || path.endsWith('/') ? path : `${path}/`;
}

function below(path: Path, name: string): Path {
  return path.kind === 's3'
    ? { ...path, key: `${withSlash(path.key)}${name}` }
    : { kind: 'file', path: `${folderOf(path.path)}${name}` };
}

function shown(path: Path): string {
  if (path.kind === 's3') return `s3://${path.bucket}/${path.key}`;
  return path.path.includes('/') ? path.path : `./${path.path}`;
}

/** One file from its place to another; a move deletes it where it was. */
function* transfer(from: Path, to: Path, files: Files, manner: Manner): Asking<readonly Step[]> {
  const verb = manner.command === 'mv' ? 'move' : verbOf(from, to);
  const what = `${shown(from)} to ${shown(to)}`;
  if (manner.dryRun) return [{ line: `(dryrun) ${verb}: ${what}` }];
  const problem = to.kind === 'file' ? writeProblem(to.path) : null;
  if (problem !== null) return [{ line: `${verb} failed: ${what} ${problem}`, failed: true }];
  const request = requestFor(from, to, files, manner.writing);
  const answer = yield request;
  if (answer.kind !== 'done') {
    return [{ line: `${verb} failed: ${what} ${reasonOf(request.operation, answer)}`, failed: true }];
  }
  const done: Step = {
    line: `${verb}: ${what}`,
    ...(to.kind === 'file' ? { written: [to.path, takeBody(answer.output).body] as const } : {}),
  };
  if (manner.command !== 'mv') return [done];
  const removed = yield* remove(from, manner);
  return removed.failed
    ? [{ ...done, line: removed.line.replace(/^delete failed: \S+/, `move failed: ${what}`), failed: true }]
    : [done, { ...removed, line: '' }];
}

function verbOf(from: Path, to: Path): string {
  if (to.kind === 'file') return 'download';
  return from.kind === 'file' ? 'upload' : 'copy';
}

function requestFor(from: Path, to: Path, files: Files, writing: Writing): ApiRequest {
  if (from.kind === 's3' && to.kind === 's3') {
    const input = { Bucket: to.bucket, Key: to.key, CopySource: `${from.bucket}/${from.key}`, ...writing };
    return { operation: 's3:CopyObject', input };
  }
  if (from.kind === 's3') return { operation: 's3:GetObject', input: { Bucket: from.bucket, Key: from.key } };
  const { bucket, key } = to.kind === 's3' ? to : { bucket: '', key: '' };
  const input = { Bucket: bucket, Key: key, Body: files[from.path] ?? '', ...writing };
  return { operation: 's3:PutObject', input };
}

function* remove(path: Path, { dryRun }: Manner): Asking<Step> {
  const line = `delete: ${shown(path)}`;
  if (dryRun) return { line: `(dryrun) ${line}` };
  if (path.kind === 'file') return { line, removed: path.path };
  const answer = yield {
    operation: 's3:DeleteObject',
    input: { Bucket: path.bucket, Key: path.key },
  };
  return answer.kind === 'done'
    ? { line }
    : { line: `delete failed: ${shown(path)} ${reasonOf('s3:DeleteObject', answer)}`, failed: true };
}
