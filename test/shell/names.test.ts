import { expect, test } from 'vitest';
import { commandOf, kebab } from '../../src/shell/names.ts';

test.each([
  ['CreateUser', 'create-user'],
  ['ListObjectsV2', 'list-objects-v2'],
  ['EnableMFADevice', 'enable-mfa-device'],
  ['IamInstanceProfile', 'iam-instance-profile'],
  ['SSEKMSKeyId', 'ssekms-key-id'],
  ['Bucket', 'bucket'],
])('%s is %s for the AWS CLI', (api, cli) => {
  expect(kebab(api)).toBe(cli);
});

test('s3 operations are commands of s3api', () => {
  expect(commandOf('s3:GetObject')).toEqual({ service: 's3api', command: 'get-object', api: 'GetObject' });
  expect(commandOf('iam:GetUser')).toEqual({ service: 'iam', command: 'get-user', api: 'GetUser' });
});
