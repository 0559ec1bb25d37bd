import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complete } from '../../src/shell/index.ts';
import { ACCOUNT, openCompany } from './company.ts';

const session = openCompany('admin', { 'policy.json': '{}', 'my notes.txt': '' });

test.each([
  ['who', ['who-can', 'whoami']],
  ['aw', ['aws']],
  ['as web', ['web-1', 'web-2', 'web-2/app', 'web-2/worker']],
  ['cat pol', ['policy.json']],
  ['cat my', [`'my notes.txt'`]],
  ['aws s3', ['s3api']],
  ['aws s3 r', ['rb', 'rm']],
  ['aws s3 ls --r', ['--recursive']],
  ['aws s3 cp s3://shop-data/r', ['s3://shop-data/readme.txt']],
  ['aws iam create-us', ['create-user']],
  ['aws iam get-user --user', ['--user-name']],
  ['aws iam get-user --user-name jo', ['joanne']],
  ['aws iam create-user --user-name jo', []],
  ['aws iam get-user --user-name joanne --user', []],
  ['aws iam get-role --role-name ', ['site-reader']],
  ['aws iam get-policy --policy-arn arn:aws:iam::1', [`arn:aws:iam::${ACCOUNT}:policy/WorkloadBoundary`]],
  ['aws iam put-user-policy --policy-document f', [`'file://my notes.txt'`, 'file://policy.json']],
  ['aws ec2 associate-iam-instance-profile --iam-instance-profile N', ['Name=site-profile']],
  ['aws s3api get-object --bucket shop-data --key pay', ['payroll/june.csv']],
  ['aws iam list-users --output t', ['table', 'text']],
  ['aws iam list-users --pro', ['--profile']],
  ['aws iam list-users --query ', []],
  ['aws iam create-virtual-mfa-device --bootstrap-method B', ['Base32StringSeed']],
  ['aws iam list-users --max', ['--max-items']],
  ['aws iam get-user --profile d', ['default']],
  ['aws configure list-', ['list-profiles']],
  ['export AWS_PRO', ['AWS_PROFILE=']],
  ['help create-acc', []],
  ['help iam create-us', ['create-user']],
  ['aws nothing ', []],
  ['aws s3 ls | gr', []],
])('%s', (line, words) => {
  expect(complete(session, line)).toEqual(words);
});

test('any line may be completed', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(Array.isArray(complete(session, line))).toBe(true);
    }),
    { numRuns: 100 },
  );
});
