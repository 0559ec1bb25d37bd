import type { Json } from '../../cloud/operation.ts';
import { failure } from '../aws/request.ts';
import { listOf, textOf } from '../json.ts';
import type { Plan } from '../plan.ts';
import { baseName } from './uri.ts';

/** `aws s3 ls`: the caller's buckets. */
export function* listBuckets(): Plan {
  const answer = yield { operation: 's3:ListBuckets', input: {} };
  if (answer.kind !== 'done') return failure('s3:ListBuckets', answer);
  const lines = listOf(answer.output, 'Buckets').map(
    (bucket) => `${moment(textOf(bucket, 'CreationDate'))} ${textOf(bucket, 'Name')}`,
  );
  return { output: lines.join('\n'), exit: 0 };
}

/** How `aws s3 ls` lists objects. */
export interface Listing {
  /** All keys, not one level of them. */
  readonly recursive: boolean;
  /** Sizes as 1.5 KiB, not in bytes. */
  readonly humanReadable: boolean;
  /** How many there are, and their size together, at the end. */
  readonly summarize: boolean;
}

/** `aws s3 ls s3://bucket/prefix`: one level of keys, or all of them. Exits with 1 when nothing has the prefix. */
export function* listObjects(
  bucket: string,
  prefix: string,
  { recursive, humanReadable, summarize }: Listing,
): Plan {
  const input = { Bucket: bucket, Prefix: prefix, ...(recursive ? {} : { Delimiter: '/' }) };
  const answer = yield { operation: 's3:ListObjectsV2', input };
  if (answer.kind !== 'done') return failure('s3:ListObjectsV2', answer);
  const shown = (key: string) => (recursive ? key : baseName(key));
  const folders = listOf(answer.output, 'CommonPrefixes').map(
    (folder) => `${'PRE'.padStart(30)} ${baseName(textOf(folder, 'Prefix').slice(0, -1))}/`,
  );
  const sizeText = (bytes: number) => (humanReadable ? readableSize(bytes) : String(bytes));
  const contents = listOf(answer.output, 'Contents');
  const objects = contents.map((object: Json) => {
    const size = sizeText(Number(textOf(object, 'Size'))).padStart(10);
    return `${moment(textOf(object, 'LastModified'))} ${size} ${shown(textOf(object, 'Key'))}`;
  });
  const lines = [...folders, ...objects];
  const total = contents.map((object) => Number(textOf(object, 'Size'))).reduce((sum, size) => sum + size, 0);
  const summary = ['', `Total Objects: ${contents.length}`, `   Total Size: ${sizeText(total)}`];
  return {
    output: [...lines, ...(summarize ? summary : [])].join('\n'),
    exit: lines.length === 0 && prefix !== '' ? 1 : 0,
  };
}

/** A number of bytes as `aws s3 ls --human-readable` prints it. */
function readableSize(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 Byte' : `${bytes} Bytes`;
  const power = Math.floor(Math.log2(bytes) / 10);
  return `${(bytes / 1024 ** power).toFixed(1)} ${['KiB', 'MiB', 'GiB', 'TiB'][power - 1]}`;
}

/** `2025-03-03T09:00:00+00:00` as `aws s3 ls` prints it. */
function moment(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ').padEnd(19);
}
