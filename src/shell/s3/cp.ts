import { takeBody } from '../aws/request.ts';
import { UNABLE } from '../aws/usage.ts';
import { type Files, fileName, readFile, writeProblem } from '../files.ts';
import type { Plan } from '../plan.ts';
import { NO_KEY, reasonOf } from './failure.ts';
import type { Writing } from './options.ts';
import { baseName } from './uri.ts';

const NO_INPUT = 'Nothing comes in on standard input here. Write a file with `edit`, and copy that.';

interface ObjectPath {
  readonly bucket: string;
  readonly key: string;
}

/** `aws s3 cp s3://bucket/key <path>`: asks for the object's head, then for the object, as the AWS CLI does. */
export function* download(from: ObjectPath, to: string, files: Files): Plan {
  const source = uri(from);
  if (from.key === '') return { output: `fatal error: ${NO_KEY}`, exit: 1 };
  const name = target(to, from.key, files);
  const shown = to === '-' ? '-' : name.includes('/') ? name : `./${name}`;
  const problem = to === '-' ? null : writeProblem(name);
  if (problem !== null) return { output: `download failed: ${source} to ${shown}: ${problem}`, exit: 1 };
  const input = { Bucket: from.bucket, Key: from.key };
  const head = yield { operation: 's3:HeadObject', input };
  if (head.kind !== 'done') {
    const reason = reasonOf('s3:HeadObject', head);
    return {
      output: `${to === '-' ? `download failed: ${source} to -` : 'fatal error:'} ${missing(reason, from, to)}`,
      exit: 1,
    };
  }
  const answer = yield { operation: 's3:GetObject', input };
  if (answer.kind !== 'done') {
    return { output: `download failed: ${source} to ${shown} ${reasonOf('s3:GetObject', answer)}`, exit: 1 };
  }
  const { body } = takeBody(answer.output);
  return to === '-'
    ? { output: body, exit: 0 }
    : { output: `download: ${source} to ${shown}`, exit: 0, written: { [name]: body } };
}

/** `aws s3 cp <file> s3://bucket/key`. Exits with 255 when there is no such file, before anything is sent. */
export function* upload(from: string, to: ObjectPath, files: Files, writing: Writing): Plan {
  if (from === '-') return { output: NO_INPUT, exit: UNABLE };
  const body = readFile(files, from);
  if (body === undefined) return { output: `The user-provided path ${from} does not exist.`, exit: 255 };
  const name = fileName(from);
  const shown = name.includes('/') ? name : `./${name}`;
  const destination = { bucket: to.bucket, key: keyFor(to.key, name) };
  const answer = yield {
    operation: 's3:PutObject',
    input: { Bucket: destination.bucket, Key: destination.key, Body: body, ...writing },
  };
  return answer.kind === 'done'
    ? { output: `upload: ${shown} to ${uri(destination)}`, exit: 0 }
    : {
        output: `upload failed: ${shown} to ${uri(destination)} ${reasonOf('s3:PutObject', answer)}`,
        exit: 1,
      };
}

/** `aws s3 cp s3://… s3://…`: asks for the object's head, then for the copy, as the AWS CLI does. */
export function* copy(from: ObjectPath, to: ObjectPath, writing: Writing): Plan {
  if (from.key === '') return { output: `fatal error: ${NO_KEY}`, exit: 1 };
  const head = yield { operation: 's3:HeadObject', input: { Bucket: from.bucket, Key: from.key } };
  if (head.kind !== 'done') {
    return { output: `fatal error: ${missing(reasonOf('s3:HeadObject', head), from, '')}`, exit: 1 };
  }
  const target = { bucket: to.bucket, key: keyFor(to.key, from.key) };
  const answer = yield {
    operation: 's3:CopyObject',
    input: { Bucket: target.bucket, Key: target.key, CopySource: `${from.bucket}/${from.key}`, ...writing },
  };
  return answer.kind === 'done'
    ? { output: `copy: ${uri(from)} to ${uri(target)}`, exit: 0 }
    : {
        output: `copy failed: ${uri(from)} to ${uri(target)} ${reasonOf('s3:CopyObject', answer)}`,
        exit: 1,
      };
}

/** The file a download goes to: `.` and folders take the object's own name. */
export function target(to: string, key: string, files: Files): string {
  const path = fileName(to);
  if (path === '' || path === '.') return baseName(key) || key;
  const folder = path.replace(/\/+$/, '');
  const isFolder = folder !== path || Object.keys(files).some((name) => name.startsWith(`${path}/`));
  return isFolder ? `${folder}/${baseName(key)}` : path;
}

/** The key an object gets: what ends in a slash, or names a bucket alone, takes the file's own name. */
export function keyFor(key: string, file: string): string {
  return key === '' || key.endsWith('/') ? `${key}${baseName(file)}` : key;
}

/** The AWS CLI puts the key into a 404, except when it writes to standard output. */
function missing(reason: string, { key }: ObjectPath, to: string): string {
  return to === '-' || !reason.includes('(404)')
    ? reason
    : reason.replace(/Not Found$/, `Key "${key}" does not exist`);
}

function uri({ bucket, key }: ObjectPath): string {
  return `s3://${bucket}/${key}`;
}
