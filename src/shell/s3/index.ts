import { notSimulated, USAGE, usageError } from '../aws/usage.ts';
import type { Files } from '../files.ts';
import { nearest } from '../nearest.ts';
import { end, type Plan, say } from '../plan.ts';
import { copy, download, upload } from './cp.ts';
import { listBuckets, listObjects } from './ls.ts';
import { move } from './mv.ts';
import { LONGEST } from './presign.ts';
import { emptyAndRemoveBucket, makeBucket, removeBucket, removeObject, removeObjects } from './rm.ts';
import { type Manner, transferAll } from './transfer.ts';
import { type Path, readPath } from './uri.ts';

/** The options of a line with their values, empty for flags. */
type Given = ReadonlyMap<string, string>;

interface S3Command {
  readonly usage: string;
  readonly summary: string;
  /** The permissions it needs, in words. */
  readonly needs: string;
  readonly flags: readonly string[];
  /** Options that take a value, as `--expires-in 60`; none when left out. */
  readonly valued?: readonly string[];
  /** How many paths it takes, at least and at most. */
  readonly paths: readonly [number, number];
  /** Null when the paths are not of the kind it takes. */
  plan(paths: readonly Path[], given: Given, files: Files): Plan | null;
}

/** `aws s3 cp` of one file, either way or from object to object; null for two files. */
function copyOne(from: Path | undefined, to: Path | undefined, files: Files): Plan | null {
  if (from?.kind === 's3' && to?.kind === 'file') return download(from, to.path, files);
  if (from?.kind === 'file' && to?.kind === 's3') return upload(from.path, to, files);
  return from?.kind === 's3' && to?.kind === 's3' ? copy(from, to) : null;
}

function manyFiles(
  command: Manner['command'],
  from: Path | undefined,
  to: Path | undefined,
  given: Given,
  files: Files,
): Plan | null {
  if (from === undefined || to === undefined || (from.kind === 'file' && to.kind === 'file')) return null;
  return transferAll(from, to, files, {
    command,
    deletes: given.has('--delete'),
    dryRun: given.has('--dryrun'),
  });
}

const TWO_PATHS = '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>';

const COMMANDS: Readonly<Record<string, S3Command>> = {
  ls: {
    usage: 'aws s3 ls [<S3Uri>] [--recursive] [--human-readable] [--summarize]',
    summary: 'List buckets, or the objects of one',
    needs: 's3:ListAllMyBuckets for the buckets, s3:ListBucket for the objects of one',
    flags: ['--recursive', '--human-readable', '--summarize'],
    paths: [0, 1],
    plan([path], given) {
      if (path === undefined) return listBuckets();
      // `aws s3 ls` is the one command that takes a bucket without s3:// in front.
      const { bucket, key } = path.kind === 's3' ? path : bucketAndKey(path.path);
      if (bucket === '') return listBuckets();
      return listObjects(bucket, key, {
        recursive: given.has('--recursive'),
        humanReadable: given.has('--human-readable'),
        summarize: given.has('--summarize'),
      });
    },
  },
  cp: {
    usage: `aws s3 cp ${TWO_PATHS}\n          [--recursive [--dryrun]]`,
    summary: 'Copy to a file here (- prints it), from a file, or from object to object',
    needs: 's3:GetObject to read an object, s3:PutObject to write one; with --recursive s3:ListBucket too',
    flags: ['--recursive', '--dryrun'],
    paths: [2, 2],
    plan: ([from, to], given, files) =>
      given.has('--recursive') || given.has('--dryrun')
        ? manyFiles('cp', from, to, given, files)
        : copyOne(from, to, files),
  },
  mv: {
    usage: `aws s3 mv ${TWO_PATHS}\n          [--recursive [--dryrun]]`,
    summary: 'Move: copy, and delete what was copied',
    needs: 's3:GetObject and s3:DeleteObject where it is, s3:PutObject where it goes',
    flags: ['--recursive', '--dryrun'],
    paths: [2, 2],
    plan([from, to], given, files) {
      if (given.has('--recursive') || given.has('--dryrun')) return manyFiles('mv', from, to, given, files);
      const copied = copyOne(from, to, files);
      return from === undefined || copied === null ? null : move(from, copied);
    },
  },
  sync: {
    usage: `aws s3 sync ${TWO_PATHS}\n            [--delete] [--dryrun]`,
    summary: 'Copy what is new or has another content below a folder or prefix',
    needs: 's3:ListBucket, s3:GetObject to read, s3:PutObject to write, s3:DeleteObject with --delete',
    flags: ['--delete', '--dryrun'],
    paths: [2, 2],
    plan: ([from, to], given, files) => manyFiles('sync', from, to, given, files),
  },
  rm: {
    usage: 'aws s3 rm <S3Uri> [--recursive] [--dryrun]',
    summary: 'Delete an object, or every object with a prefix',
    needs: 's3:DeleteObject; with --recursive s3:ListBucket too',
    flags: ['--recursive', '--dryrun'],
    paths: [1, 1],
    plan([path], given) {
      if (path?.kind !== 's3') return null;
      return given.has('--recursive')
        ? removeObjects(path.bucket, path.key, given.has('--dryrun'))
        : removeObject(path.bucket, path.key, given.has('--dryrun'));
    },
  },
  mb: {
    usage: 'aws s3 mb <S3Uri>',
    summary: 'Make a bucket',
    needs: 's3:CreateBucket',
    flags: [],
    paths: [1, 1],
    plan: ([path]) => (path?.kind === 's3' ? makeBucket(path.bucket) : null),
  },
  rb: {
    usage: 'aws s3 rb <S3Uri> [--force]',
    summary: 'Remove an empty bucket; with --force what is in it goes first',
    needs: 's3:DeleteBucket; with --force s3:ListBucket and s3:DeleteObject too',
    flags: ['--force'],
    paths: [1, 1],
    plan([path], given) {
      if (path?.kind !== 's3') return null;
      return given.has('--force') ? emptyAndRemoveBucket(path.bucket) : removeBucket(path.bucket);
    },
  },
  presign: {
    usage: 'aws s3 presign <S3Uri> [--expires-in <seconds>]',
    summary: 'Make a URL by which anybody reads the object as you: `help curl`',
    needs: 'none to make it; whoever opens it needs that you have s3:GetObject by then',
    flags: [],
    valued: ['--expires-in'],
    paths: [1, 1],
    plan: ([path], given) =>
      path?.kind === 's3' && path.key !== ''
        ? presign(path.bucket, path.key, given.get('--expires-in') ?? '3600')
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

/** The flags a command of `aws s3` takes; none for an unknown one. */
export function s3Flags(command: string): readonly string[] {
  const { flags = [], valued = [] } = find(command) ?? {};
  return [...flags, ...valued];
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
  const { given, paths } = readOptions(rest, command.valued ?? []);
  const known = s3Flags(name);
  const foreign = [...given.keys()].find((flag) => !known.includes(flag));
  if (foreign !== undefined) {
    const near = nearest(foreign, known);
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
  return plan ?? say(`usage: ${command.usage}\nError: Invalid argument type`, USAGE);
}

function readOptions(words: readonly string[], valued: readonly string[]) {
  const given = new Map<string, string>();
  const paths: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, option = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    if (!/^-./.test(word)) paths.push(word);
    else if (valued.includes(option)) given.set(option, value ?? words[++at] ?? '');
    else given.set(word, '');
  }
  return { given, paths };
}

function find(name: string): S3Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

function bucketAndKey(word: string): { readonly bucket: string; readonly key: string } {
  const [bucket = '', ...key] = word.split('/');
  return { bucket, key: key.join('/') };
}
