import { LIMITS } from './limits.ts';

/** Characters of the names of users, groups, roles, policies and instance profiles (reference_iam-quotas.html). */
export function hasNameCharacters(name: string): boolean {
  return /^[\w+=,.@-]+$/.test(name);
}

/** `/` or `/team/`. */
export function isPath(path: string): boolean {
  return path.length <= LIMITS.path && /^\/([!-.0-~]+\/)*$/.test(path);
}

/** Rules for bucket names (S3 User Guide, bucketnamingrules.html), for general purpose buckets. */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name)
  );
}

/** 1 to 1,024 bytes. */
export function isObjectKey(key: string): boolean {
  const bytes = new TextEncoder().encode(key).length;
  return bytes > 0 && bytes <= LIMITS.objectKey;
}
