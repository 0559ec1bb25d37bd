import { notSimulated, USAGE, usageError } from '../aws/usage.ts';
import type { Files } from '../files.ts';
import { nearest } from '../nearest.ts';
import { end, type Plan, say } from '../plan.ts';
import { copy, download, upload } from './cp.ts';
import { isTaken } from './filters.ts';
import { listBuckets, listObjects } from './ls.ts';
import { move } from './mv.ts';
import { type Given, readOptions, writingOf } from './options.ts';
import { LONGEST } from './presign.ts';
import { emptyAndRemoveBucket, makeBucket, removeBucket, removeObject, removeObjects } from './rm.ts';
import { type Manner, sayTransfer, transferAll } from './transfer.ts';
import { baseName, type Path, readPath } from './uri.ts';

interface S3Command {
  readonly usage: string;
  readonly summary: string;
  /** The permissions it needs, in words. */
  readonly needs: string;
  readonly options: readonly string[];
  /** How many paths it takes, at least and at most. */
  readonly paths: readonly [number, number];
  /** Null when the paths are not of the kind it takes. */
  plan(paths: readonly Path[], given: Given, files: Files): Plan | null;
}

/** `aws s3 cp` of one file, either way or from object to object; null for two files. */
function copyOne(from: Path | undefined, to: Path | undefined, given: Given, files: Files): Plan | null {
  const writing = writingOf(given);
  if (from?.kind === 's3' && to?.kind === 'file') return download(from, to.path, files);
  if (from?.kind === 'file' && to?.kind === 's3') return upload(from.path, to, files, writing);
  return from?.kind === 's3' && to?.kind === 's3' ? copy(from, to, writing) : null;
}

function transfer(
  command: Manner['command'],
  [from, to]: readonly Path[],
  given: Given,
  files: Files,
): Plan | null {
  if (from === undefined || to === undefined || (from.kind === 'file' && to.kind === 'file')) return null;
  const { options, filters } = given;
  if (command !== 'sync' && !options.has('--recursive')) {
    const name = baseName(from.kind === 's3' ? from.key : from.path);
    if (!isTaken(name, filters)) return say('', 0);
    if (options.has('--dryrun')) return sayTransfer(command, from, to, files);
    const copied = copyOne(from, to, given, files);
    return copied === null || command === 'cp' ? copied : move(from, copied);
  }
  return transferAll(from, to, files, {
    command,
    deletes: options.has('--delete'),
    dryRun: options.has('--dryrun'),
    filters,
    writing: writingOf(given),
  });
}

const TWO_PATHS = '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>';
const FILTERS = '[--exclude <pattern>] [--include <pattern>] …';
const WRITING = '[--sse [AES256|aws:kms]] [--sse-kms-key-id <key>] [--acl <acl>]';
const QUIET = '[--dryrun] [--quiet] [--only-show-errors]';
const FILTER_OPTIONS = ['--exclude', '--include', '--dryrun', '--quiet', '--only-show-errors', '--page-size'];
const TRANSFER_OPTIONS = [...FILTER_OPTIONS, ...['--sse', '--sse-kms-key-id', '--acl', '--no-progress']];

const COMMANDS: Readonly<Record<string, S3Command>> = {
  ls: {
    usage: 'aws s3 ls [<S3Uri>] [--recursive] [--human-readable] [--summarize]',
    summary: 'List buckets, or the objects of one',
    needs: 's3:ListAllMyBuckets for the buckets, s3:ListBucket for the objects of one',
    options: ['--recursive', '--human-readable', '--summarize', '--page-size'],
    paths: [0, 1],
    plan([path], { options }) {
      if (path === undefined) return listBuckets();
      // `aws s3 ls` is the one command that takes a bucket without s3:// in front.
      const { bucket, key } = path.kind === 's3' ? path : bucketAndKey(path.path);
      if (bucket === '') return listBuckets();
      return listObjects(bucket, key, {
        recursive: options.has('--recursive'),
        humanReadable: options.has('--human-readable'),
        summarize: options.has('--summarize'),
      });
    },
  },
  cp: {
    usage: `aws s3 cp ${TWO_PATHS}\n          [--recursive] ${FILTERS}\n          ${QUIET}\n          ${WRITING}`,
    summary: 'Copy to a file here (- prints it), from a file, or from object to object',
    needs:
      's3:GetObject to read an object, s3:PutObject to write one; with --recursive s3:ListBucket too, with --acl s3:PutObjectAcl, with --sse aws:kms kms:GenerateDataKey of the key',
    options: [...TRANSFER_OPTIONS, '--recursive'],
    paths: [2, 2],
    plan: (paths, given, files) => transfer('cp', paths, given, files),
  },
  mv: {
    usage: `aws s3 mv ${TWO_PATHS}\n          [--recursive] ${FILTERS}\n          ${QUIET}\n          ${WRITING}`,
    summary: 'Move: copy, and delete what was copied',
    needs: 's3:GetObject and s3:DeleteObject where it is, s3:PutObject where it goes',
    options: [...TRANSFER_OPTIONS, '--recursive'],
    paths: [2, 2],
    plan: (paths, given, files) => transfer('mv', paths, given, files),
  },
  sync: {
    usage: `aws s3 sync ${TWO_PATHS}\n            [--delete] ${FILTERS}\n            ${QUIET}\n            ${WRITING}`,
    summary: 'Copy what is new or has another content below a folder or prefix',
    needs: 's3:ListBucket, s3:GetObject to read, s3:PutObject to write, s3:DeleteObject with --delete',
    options: [...TRANSFER_OPTIONS, '--delete'],
    paths: [2, 2],
    plan: (paths, given, files) => transfer('sync', paths, given, files),
  },
  rm: {
    usage: `aws s3 rm <S3Uri> [--recursive]\n          ${FILTERS}\n          ${QUIET}`,
    summary: 'Delete an object, or every object with a prefix',
    needs: 's3:DeleteObject; with --recursive s3:ListBucket too',
    options: [...FILTER_OPTIONS, '--recursive'],
    paths: [1, 1],
    plan([path], { options, filters }) {
      if (path?.kind !== 's3') return null;
      const dryRun = options.has('--dryrun');
      if (options.has('--recursive')) return removeObjects(path.bucket, path.key, dryRun, filters);
      return isTaken(baseName(path.key), filters) ? removeObject(path.bucket, path.key, dryRun) : say('', 0);
    },
  },
  mb: {
    usage: 'aws s3 mb <S3Uri>',
    summary: 'Make a bucket',
    needs: 's3:CreateBucket',
    options: [],
    paths: [1, 1],
    plan: ([path]) => (path?.kind === 's3' ? makeBucket(path.bucket) : null),
  },
  rb: {
    usage: 'aws s3 rb <S3Uri> [--force]',
    summary: 'Remove an empty bucket; with --force what is in it goes first',
    needs: 's3:DeleteBucket; with --force s3:ListBucket and s3:DeleteObject too',
    options: ['--force'],
    paths: [1, 1],
    plan([path], { options }) {
      if (path?.kind !== 's3') return null;
      return options.has('--force') ? emptyAndRemoveBucket(path.bucket) : removeBucket(path.bucket);
    },
  },
  presign: {
    usage: 'aws s3 presign <S3Uri> [--expires-in <seconds>]',
    summary: 'Make a URL by which anybody reads the object as you: `help curl`',
    needs: 'none to make it; whoever opens it needs that you have s3:GetObject by then',
    options: ['--expires-in'],
    paths: [1, 1],
    plan: ([path], { options }) =>
      path?.kind === 's3' && path.key !== ''
        ? presign(path.bucket, path.key, options.get('--expires-in') ?? '3600')
        : null,
  },
};

function presign(bucket: string, key: string, expiresIn: string): Plan {
  const seconds = /^\d{1,9}$/.test(expiresIn) ? Number(expiresIn) : 0;
  return seconds < 1 || seconds > LONGEST
    ? say(`--expires-in takes whole seconds, 1 to ${LONGEST}: 7 days at most.`, USAGE)
    : end({ output: '', exit: 0, toSign: { bucket, key, seconds } });
}

/** The commands of `aws s3`. */
export const S3_COMMANDS: readonly string[] = Object.keys(COMMANDS);

/** The options a command of `aws s3` takes; none for an unknown one. */
export function s3Options(command: string): readonly string[] {
  return find(command)?.options ?? [];
}

/** Reads the words after `aws s3`: https://docs.aws.amazon.com/cli/latest/reference/s3/. */
export function s3Plan(words: readonly string[], files: Files): Plan {
  const [name, ...rest] = words;
  if (name === undefined) return say(usageError('the following arguments are required: subcommand'), USAGE);
  if (name === 'help') {
    return say(
      Object.values(COMMANDS)
        .map(({ usage, summary }) => `${usage}\n    ${summary}`)
        .join('\n'),
      0,
    );
  }
  const command = find(name);
  if (command === undefined) {
    const near = nearest(name, S3_COMMANDS).map((one) => `aws s3 ${one}`);
    return say(notSimulated(`'aws s3 ${name}'`, near, 'aws s3 help'), USAGE);
  }
  if (rest[0] === 'help')
    return say(`${command.usage}\n    ${command.summary}\n\nPermissions it needs: ${command.needs}`, 0);
  const read = readOptions(rest);
  if (read.kind === 'problem') return say(usageError(read.message), USAGE);
  const { given, paths } = read;
  const foreign = [...given.options.keys()].find((option) => !command.options.includes(option));
  if (foreign !== undefined) {
    const near = nearest(foreign, command.options);
    return say(notSimulated(`${foreign} of 'aws s3 ${name}'`, near, `aws s3 ${name} help`), USAGE);
  }
  const [least, most] = command.paths;
  if (paths.length < least) {
    return say(usageError(`the following arguments are required: ${most > 1 ? 'paths' : 'path'}`), USAGE);
  }
  if (paths.length > most) {
    return say(usageError(`Unknown options: ${paths.slice(most).join(',')}`), USAGE);
  }
  const plan = command.plan(paths.map(readPath), given, files);
  return plan === null
    ? say(`usage: ${command.usage}\nError: Invalid argument type`, USAGE)
    : quieted(plan, given, paths.at(-1) === '-');
}

/** A plan that prints less where it is told to. What goes to standard output is no message, and stays. */
function* quieted(plan: Plan, { options }: Given, printsObject: boolean): Plan {
  const ending = yield* plan;
  if (printsObject && ending.exit === 0) return ending;
  if (options.has('--quiet')) return { ...ending, output: '' };
  if (!options.has('--only-show-errors')) return ending;
  const lines = ending.output.split('\n').filter((line) => !DONE.test(line));
  return { ...ending, output: lines.join('\n') };
}

/** A line about something that was done, or would be. */
const DONE = /^(\(dryrun\) )?(upload|download|copy|move|delete): /;

function find(name: string): S3Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

function bucketAndKey(word: string): { readonly bucket: string; readonly key: string } {
  const [bucket = '', ...key] = word.split('/');
  return { bucket, key: key.join('/') };
}
