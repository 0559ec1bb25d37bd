import type { Operation, PermissionNeeded } from '../../operation.ts';

/**
 * An operation for signed requests and for those that nobody signed. Of a bucket that is not there, no account can
 * say who may, so that anybody learns that there is none; and KMS is not asked for callers whom nothing proves.
 * Sources: S3 API Reference, ErrorResponses.html, NoSuchBucket; re:Post, s3-kms-signature-version-error.
 */
export function forAnybody(operation: Operation): Operation {
  return {
    ...operation,
    needs(input, caller, world) {
      const needed = operation.needs(input, caller, world);
      return caller.account === '' ? needed.filter(isAsked) : needed;
    },
  };
}

/** What is asked of no bucket that is there: an account of one's own has to be proven for it. */
const OF_ONES_OWN: readonly string[] = ['s3:CreateBucket', 's3:ListAllMyBuckets'];

function isAsked({ action, resourceAccount, via }: PermissionNeeded): boolean {
  return via === undefined && (resourceAccount !== '' || OF_ONES_OWN.includes(action));
}
