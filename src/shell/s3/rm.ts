import { listOf, textOf } from '../json.ts';
import type { Plan } from '../plan.ts';
import { NO_KEY, reasonOf } from './failure.ts';
import { type Filter, isTaken } from './filters.ts';

/** `aws s3 rm s3://bucket/key`. `dryRun`: only says what it would do. */
export function* removeObject(bucket: string, key: string, dryRun: boolean): Plan {
  if (key === '') return { output: `delete failed: s3://${bucket}/ ${NO_KEY}`, exit: 1 };
  return yield* removeKeys(bucket, [key], dryRun);
}

/** `aws s3 rm --recursive s3://bucket/prefix`: lists what is below the prefix, then deletes one by one. */
export function* removeObjects(
  bucket: string,
  path: string,
  dryRun: boolean,
  filters: readonly Filter[],
): Plan {
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  const answer = yield { operation: 's3:ListObjectsV2', input: { Bucket: bucket, Prefix: prefix } };
  if (answer.kind !== 'done') {
    return { output: `fatal error: ${reasonOf('s3:ListObjectsV2', answer)}`, exit: 1 };
  }
  return yield* removeKeys(
    bucket,
    listOf(answer.output, 'Contents')
      .map((object) => textOf(object, 'Key'))
      .filter((key) => isTaken(key.slice(prefix.length), filters)),
    dryRun,
  );
}

function* removeKeys(bucket: string, keys: readonly string[], dryRun: boolean): Plan {
  if (dryRun) {
    return { output: keys.map((key) => `(dryrun) delete: s3://${bucket}/${key}`).join('\n'), exit: 0 };
  }
  const lines: string[] = [];
  let exit = 0;
  for (const key of keys) {
    const answer = yield { operation: 's3:DeleteObject', input: { Bucket: bucket, Key: key } };
    if (answer.kind === 'done') {
      lines.push(`delete: s3://${bucket}/${key}`);
    } else {
      lines.push(`delete failed: s3://${bucket}/${key} ${reasonOf('s3:DeleteObject', answer)}`);
      exit = 1;
    }
  }
  return { output: lines.join('\n'), exit };
}

/** `aws s3 mb s3://bucket`. */
export function* makeBucket(bucket: string): Plan {
  const answer = yield { operation: 's3:CreateBucket', input: { Bucket: bucket } };
  return answer.kind === 'done'
    ? { output: `make_bucket: ${bucket}`, exit: 0 }
    : { output: `make_bucket failed: s3://${bucket} ${reasonOf('s3:CreateBucket', answer)}`, exit: 1 };
}

/** `aws s3 rb --force s3://bucket`: what is in the bucket goes first. */
export function* emptyAndRemoveBucket(bucket: string): Plan {
  const emptied = yield* removeObjects(bucket, '', false, []);
  if (emptied.exit !== 0) {
    const failed =
      'remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.';
    return { ...emptied, output: `${emptied.output}\n${failed}` };
  }
  const removed = yield* removeBucket(bucket);
  return { ...removed, output: [emptied.output, removed.output].filter((text) => text !== '').join('\n') };
}

/** `aws s3 rb s3://bucket`. */
export function* removeBucket(bucket: string): Plan {
  const answer = yield { operation: 's3:DeleteBucket', input: { Bucket: bucket } };
  return answer.kind === 'done'
    ? { output: `remove_bucket: ${bucket}`, exit: 0 }
    : { output: `remove_bucket failed: s3://${bucket} ${reasonOf('s3:DeleteBucket', answer)}`, exit: 1 };
}
