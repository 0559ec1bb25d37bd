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

/** `aws s3 ls s3://bucket/prefix`: one level of keys, or all of them. Exits with 1 when nothing has the prefix. */
export function* listObjects(bucket: string, prefix: string, recursive: boolean): Plan {
  const input = { Bucket: bucket, Prefix: prefix, ...(recursive ? {} : { Delimiter: '/' }) };
  const answer = yield { operation: 's3:ListObjectsV2', input };
  if (answer.kind !== 'done') return failure('s3:ListObjectsV2', answer);
  const shown = (key: string) => (recursive ? key : baseName(key));
  const folders = listOf(answer.output, 'CommonPrefixes').map(
    (folder) => `${'PRE'.padStart(30)} ${baseName(textOf(folder, 'Prefix').slice(0, -1))}/`,
  );
  const objects = listOf(answer.output, 'Contents').map((object: Json) => {
    const size = textOf(object, 'Size').padStart(10);
    return `${moment(textOf(object, 'LastModified'))} ${size} ${shown(textOf(object, 'Key'))}`;
  });
  const lines = [...folders, ...objects];
  return { output: lines.join('\n'), exit: lines.length === 0 && prefix !== '' ? 1 : 0 };
}

/** `2025-03-03T09:00:00+00:00` as `aws s3 ls` prints it. */
function moment(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ').padEnd(19);
}
