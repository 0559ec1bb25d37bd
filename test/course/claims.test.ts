import { expect, test } from 'vitest';
import { claimsIn } from '../../src/course/claims.ts';

test('a claim names any of AWS’s error codes, one with a digit too', () => {
  const [found] = claimsIn('It was [refused](claim:error/InsufficientS3BucketPolicyException#again).');
  expect(found?.claim).toMatchObject({ code: 'InsufficientS3BucketPolicyException', request: 'again' });
});
