import { expect, test } from 'vitest';
import { operations } from '../../../src/cloud/index.ts';
import { neededActions } from '../../../src/shell/aws/needed-permissions.ts';
import { complete, mark } from '../../../src/shell/index.ts';
import { permissionsAround } from '../../../src/shell/own/who-can.ts';
import { ACCOUNT, openCompany, run } from '../company.ts';

const OBJECT = 'arn:aws:s3:::shop-data/site/index.html';
const WITH_MFA = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Sid: 'WithMfa',
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::shop-data/site/*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
});

test('who-can names everybody who may, and what grants it', () => {
  const turn = run(openCompany(), `who-can s3:GetObject ${OBJECT}`);
  expect(turn.output).toBe(
    `3 of 7 principals may call s3:GetObject on ${OBJECT}:
  admin             identity policy, policy AdministratorAccess
  role/site-reader  identity policy, policy read
  root user         root user`,
  );
  expect(turn).toMatchObject({ exit: 0, attempts: [], session: { log: [] } });
});

test('who-can says what else a request must have', () => {
  const session = openCompany('admin', { 'mfa.json': WITH_MFA });
  const turn = run(
    session,
    'aws iam put-user-policy --user-name visitor --policy-name mfa --policy-document file://mfa.json',
    `who-can s3:GetObject ${OBJECT}`,
  );
  expect(turn.output).toContain(
    'With more in the request also:\n  visitor  identity policy, policy mfa, statement WithMfa  only when aws:MultiFactorAuthPresent is true',
  );
});

test('who-can finds a resource by a short name, and an action whatever its case', () => {
  const first = (line: string) => run(openCompany(), line).output.split('\n')[0];
  expect(first('who-can s3:getobject s3://shop-data/site/index.html')).toContain(`on ${OBJECT}:`);
  expect(first('who-can s3:ListBucket s3://shop-data')).toContain('on arn:aws:s3:::shop-data:');
  expect(first('who-can iam:DeleteUser visitor')).toContain(`on arn:aws:iam::${ACCOUNT}:user/visitor:`);
  expect(first('who-can s3:ListAllMyBuckets')).toBe('2 of 7 principals may call s3:ListAllMyBuckets:');
});

test('who-can helps on when it cannot tell what is meant', () => {
  expect(run(openCompany(), 'who-can')).toMatchObject({
    exit: 1,
    output: expect.stringContaining('For example'),
  });
  expect(run(openCompany(), 'who-can s3:GetObjct x').output).toBe(
    'No operation here needs the permission s3:GetObjct.\nMaybe you meant: s3:GetObject',
  );
  expect(run(openCompany(), 'who-can s3:GetObject').output).toContain('On what? For example');
  expect(run(openCompany(), 'who-can iam:DeleteUser user/visitr').output).toContain(
    'Nothing here is called user/visitr.',
  );
});

test('who-can knows every permission that an operation needs', () => {
  const { now } = run(openCompany(), 'aws kms create-key').session;
  const known = new Set(permissionsAround(now).map(({ action }) => action));
  const unknown = [...operations.values()].flatMap((each) =>
    neededActions(each, now).filter((action) => !known.has(action)),
  );
  expect(unknown).toEqual([]);
  expect(run(openCompany(), 'who-can iam:PutUserPolicy visitor').output).toContain(
    '2 of 7 principals may call',
  );
  expect(run(openCompany(), 'who-can iam:CreateAccessKey visitor').output).toContain(
    '2 of 7 principals may call',
  );
});

test('diff tells what the last change opened and closed', () => {
  const none = run(openCompany(), 'aws iam list-users', 'diff');
  expect(none.output).toBe('Nothing has changed since this step began.');
  const session = openCompany('admin', { 'mfa.json': WITH_MFA });
  const turn = run(
    session,
    'aws iam put-user-policy --user-name visitor --policy-name mfa --policy-document file://mfa.json',
    'aws iam list-users',
    'as visitor',
    'export AWS_DEFAULT_OUTPUT=text',
    'diff',
  );
  expect(turn.output.split('\n').slice(1)).toEqual([
    expect.stringMatching(/^Opened: \d+ requests\.$/),
    '  visitor: s3:GetObject on shop-data/site/*, only when aws:MultiFactorAuthPresent is true',
    'Closed: nothing.',
  ]);
  expect(turn.output).toContain('After: aws iam put-user-policy');
  expect(run(turn.session, 'diff x').exit).toBe(1);
});

test('diff step tells what all changes since the step began came to', () => {
  const made = run(openCompany(), 'aws iam create-user --user-name ana').session;
  const turn = run(
    mark(made),
    'aws iam detach-user-policy --user-name admin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    'diff step',
  );
  expect(turn.output).toMatch(
    /^Since this step began\.\nOpened: nothing\.\nClosed: \d+ requests\.\n {2}admin: /,
  );
  expect(turn.output).not.toContain('ana:');
});

test('who-can and diff are completed', () => {
  expect(complete(openCompany(), 'who-can s3:GetO')).toContain('s3:GetObject');
  expect(complete(openCompany(), 'who-can s3:ListBucket shop')).toEqual(['shop-data']);
  expect(complete(openCompany(), 'who-can s3:ListBucket shop-data ')).toEqual([]);
  expect(complete(openCompany(), 'diff ')).toEqual(['step']);
});
