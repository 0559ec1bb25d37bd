import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const KEY_ID = '11111111-2222-3333-4444-555555555555';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`;
const ID = { SecretId: 'prod/db' };
const DAY = 86_400_000;
const NOT_FOUND = "failed: ResourceNotFoundException: Secrets Manager can't find the specified secret.";
const MARKED =
  "failed: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.";
const READ = allow('secretsmanager:GetSecretValue');

function stage(statements: readonly Record<string, unknown>[] = [], secret: Record<string, unknown> = {}) {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        nobody: {},
        joanne: { inline: { p: policy(...statements) } },
      },
      kmsKeys: { vault: { id: KEY_ID } },
      secrets: { 'prod/db': { text: 'hunter2', tags: { team: 'red' }, ...secret } },
    },
    { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] } } } },
  );
}

function arnOf(at: Stage): string {
  return at.account.secrets['prod/db']?.arn ?? '';
}

describe('a secret', () => {
  it('is kept, read, changed, described and listed', () => {
    const at = stage();
    expect(
      at.do('admin', 'secretsmanager:CreateSecret', {
        Name: 'fresh',
        SecretString: 'one',
        Description: 'd',
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    ).toMatchObject({
      ARN: expect.stringMatching(/:secret:fresh-[A-Za-z0-9]{6}$/),
      Name: 'fresh',
    });
    at.do('admin', 'secretsmanager:PutSecretValue', { SecretId: 'fresh', SecretString: 'two' });
    const read = (rest: object = {}) =>
      at.do('admin', 'secretsmanager:GetSecretValue', { SecretId: 'fresh', ...rest });
    expect(read()).toMatchObject({ SecretString: 'two', VersionStages: ['AWSCURRENT'] });
    expect(read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'one' });
    expect(
      at.error('admin', 'secretsmanager:GetSecretValue', { ...ID, VersionStage: 'AWSPREVIOUS' }),
    ).toMatch(/staging label: AWSPREVIOUS$/);
    expect(at.do('admin', 'secretsmanager:DescribeSecret', ID)).toMatchObject({
      Name: 'prod/db',
      Tags: [{ Key: 'team', Value: 'red' }],
    });
    expect(at.do('admin', 'secretsmanager:ListSecrets')).toMatchObject({
      SecretList: [{ Name: 'fresh' }, { Name: 'prod/db' }],
    });
    expect(JSON.stringify(at.do('admin', 'secretsmanager:ListSecrets'))).not.toContain('hunter2');
    expect(at.error('admin', 'secretsmanager:CreateSecret', { Name: 'fresh' })).toMatch(
      /^failed: ResourceExistsException/,
    );
    expect(at.error('admin', 'secretsmanager:CreateSecret', { Name: 'a b' })).toMatch(
      /^failed: ValidationException: Invalid name/,
    );
  });

  it('is updated: its description, its text, or both', () => {
    const at = stage([allow('secretsmanager:UpdateSecret')]);
    const update = (rest: object) => at.do('admin', 'secretsmanager:UpdateSecret', { ...ID, ...rest });
    expect(update({ Description: 'of the shop' })).toEqual({ ARN: arnOf(at), Name: 'prod/db' });
    expect(update({ SecretString: 'three' })).toMatchObject({ VersionId: expect.any(String) });
    expect(at.do('admin', 'secretsmanager:GetSecretValue', ID)).toMatchObject({ SecretString: 'three' });
    expect(
      at.do('admin', 'secretsmanager:GetSecretValue', { ...ID, VersionStage: 'AWSPREVIOUS' }),
    ).toMatchObject({ SecretString: 'hunter2' });
    expect(at.do('admin', 'secretsmanager:DescribeSecret', ID)).toMatchObject({ Description: 'of the shop' });
    expect(at.ask('nobody', 'secretsmanager:UpdateSecret', ID).kind).toBe('denied');
    expect(at.error('admin', 'secretsmanager:UpdateSecret', { SecretId: 'none' })).toBe(NOT_FOUND);
    at.do('admin', 'secretsmanager:DeleteSecret', ID);
    expect(at.error('admin', 'secretsmanager:UpdateSecret', ID)).toBe(MARKED);
  });

  it('is found by its name, its ARN, and its ARN without the suffix', () => {
    const at = stage();
    for (const SecretId of [arnOf(at), arnOf(at).replace(/-[^-]{6}$/, '')]) {
      expect(at.do('admin', 'secretsmanager:GetSecretValue', { SecretId })).toMatchObject({
        SecretString: 'hunter2',
      });
    }
    expect(
      at.error('admin', 'secretsmanager:GetSecretValue', {
        SecretId: arnOf(at).replace(/.$/, '0').replace(/.{6}$/, 'zzzzzz'),
      }),
    ).toBe(NOT_FOUND);
  });

  it('is granted by name and suffix pattern, and by tag', () => {
    const by = (statement: Record<string, unknown>) =>
      stage([statement]).ask('joanne', 'secretsmanager:GetSecretValue', ID).kind;
    const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:prod/db`;
    expect(by({ ...READ, Resource: arn })).toBe('denied');
    expect(by({ ...READ, Resource: `${arn}-??????` })).toBe('done');
    expect(by({ ...READ, Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'red' } } })).toBe(
      'done',
    );
    expect(by({ ...READ, Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } })).toBe('denied');
    const at = stage([
      { ...allow('secretsmanager:*'), Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } } },
    ]);
    expect(at.ask('joanne', 'secretsmanager:CreateSecret', { Name: 'x' }).kind).toBe('denied');
    expect(
      at.ask('joanne', 'secretsmanager:CreateSecret', { Name: 'x', Tags: [{ Key: 'team', Value: 'red' }] })
        .kind,
    ).toBe('done');
  });

  it('is tagged and untagged', () => {
    const at = stage();
    at.do('admin', 'secretsmanager:TagResource', { ...ID, Tags: [{ Key: 'stage', Value: 'prod' }] });
    at.do('admin', 'secretsmanager:UntagResource', { ...ID, TagKeys: ['team'] });
    expect(at.account.secrets['prod/db']?.tags).toEqual({ stage: 'prod' });
  });

  it('is deleted after its waiting period, at once, or restored', () => {
    const at = stage();
    const remove = (rest: object = {}) =>
      at.error('admin', 'secretsmanager:DeleteSecret', { ...ID, ...rest });
    expect(remove({ RecoveryWindowInDays: 3 })).toMatch(
      /^failed: InvalidParameterException: .*between 7 and 30 days/,
    );
    expect(remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true })).toMatch(
      /in conjunction with/,
    );
    expect(remove({ RecoveryWindowInDays: 7 })).toBe('done');
    expect(remove()).toBe(MARKED);
    expect(at.error('admin', 'secretsmanager:CreateSecret', { Name: 'prod/db' })).toMatch(
      /already scheduled for deletion/,
    );
    expect(at.do('admin', 'secretsmanager:ListSecrets')).toEqual({ SecretList: [] });
    at.do('admin', 'secretsmanager:RestoreSecret', ID);
    expect(at.do('admin', 'secretsmanager:GetSecretValue', ID)).toMatchObject({ SecretString: 'hunter2' });
    at.do('admin', 'secretsmanager:DeleteSecret', ID);
    at.wait(30 * DAY);
    expect(at.error('admin', 'secretsmanager:RestoreSecret', ID)).toBe(NOT_FOUND);
    at.do('admin', 'secretsmanager:CreateSecret', { Name: 'prod/db', SecretString: 'new' });
    at.do('admin', 'secretsmanager:DeleteSecret', { ...ID, ForceDeleteWithoutRecovery: true });
    expect(at.error('admin', 'secretsmanager:DescribeSecret', ID)).toBe(NOT_FOUND);
  });

  it.each([
    ['GetSecretValue', {}],
    ['PutSecretValue', { SecretString: 'x' }],
    ['DescribeSecret', {}],
    ['DeleteSecret', {}],
    ['RestoreSecret', {}],
    ['TagResource', { Tags: [] }],
    ['UntagResource', { TagKeys: [] }],
    ['GetResourcePolicy', {}],
    ['PutResourcePolicy', { ResourcePolicy: '{}' }],
    ['DeleteResourcePolicy', {}],
  ])('that is missing, going, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `secretsmanager:${operation}`, { ...rest, SecretId: 'none' })).toBe(NOT_FOUND);
    expect(at.error('nobody', `secretsmanager:${operation}`, { ...rest, ...ID })).toMatch(
      /^denied: AccessDeniedException/,
    );
    at.do('admin', 'secretsmanager:DeleteSecret', ID);
    const after = at.error('admin', `secretsmanager:${operation}`, { ...rest, ...ID });
    expect(after).toBe(['DescribeSecret', 'RestoreSecret'].includes(operation) ? 'done' : MARKED);
  });

  it.each([
    ['CreateSecret', { Name: 'x' }],
    ['ListSecrets', {}],
  ])('operations about none: %s', (operation, input) => {
    expect(stage().ask('nobody', `secretsmanager:${operation}`, input).kind).toBe('denied');
  });
});

describe('the key of a secret', () => {
  it('is asked for in the caller’s name, and Secrets Manager hides what KMS says', () => {
    const at = stage([READ], { kmsKey: 'vault' });
    expect(at.error('joanne', 'secretsmanager:GetSecretValue', ID)).toBe(
      'denied: AccessDeniedException: Access to KMS is not allowed',
    );
    const via = (service: string) => ({
      ...allow('kms:Decrypt', KEY),
      Condition: { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } },
    });
    expect(
      stage([READ, via('s3')], { kmsKey: 'vault' }).ask('joanne', 'secretsmanager:GetSecretValue', ID).kind,
    ).toBe('denied');
    expect(
      stage([READ, via('secretsmanager')], { kmsKey: 'vault' }).ask(
        'joanne',
        'secretsmanager:GetSecretValue',
        ID,
      ),
    ).toMatchObject({
      kind: 'done',
      checks: [{ action: 'secretsmanager:GetSecretValue' }, { action: 'kms:Decrypt', resource: KEY }],
    });
  });

  it('that AWS manages serves its own account, without a grant, and no other', () => {
    expect(stage([READ]).ask('joanne', 'secretsmanager:GetSecretValue', ID).kind).toBe('done');
    const open = policy({
      Effect: 'Allow',
      Principal: { AWS: OTHER },
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    });
    const plain = stage([], { policy: open });
    expect(plain.error('guest', 'secretsmanager:GetSecretValue', { SecretId: arnOf(plain) })).toMatch(
      /Access to KMS is not allowed/,
    );
    const keyed = stage([], { policy: open, kmsKey: 'vault' });
    keyed.do('admin', 'kms:PutKeyPolicy', {
      KeyId: KEY_ID,
      Policy: JSON.stringify(
        policy({ Effect: 'Allow', Principal: { AWS: [ACCOUNT, OTHER] }, Action: 'kms:*', Resource: '*' }),
      ),
    });
    expect(keyed.ask('guest', 'secretsmanager:GetSecretValue', { SecretId: arnOf(keyed) }).kind).toBe('done');
  });

  it('must be fit for use', () => {
    const at = stage([], { kmsKey: 'vault' });
    at.do('admin', 'kms:DisableKey', { KeyId: KEY_ID });
    expect(at.error('admin', 'secretsmanager:GetSecretValue', ID)).toBe(
      `failed: DecryptionFailure: ${KEY} is disabled.`,
    );
    for (const operation of ['PutSecretValue', 'UpdateSecret']) {
      expect(at.error('admin', `secretsmanager:${operation}`, { ...ID, SecretString: 'x' })).toMatch(
        /^failed: EncryptionFailure/,
      );
    }
    expect(at.error('admin', 'secretsmanager:CreateSecret', { Name: 'x', KmsKeyId: 'alias/vault' })).toMatch(
      /^failed: EncryptionFailure/,
    );
  });
});

describe('a resource policy', () => {
  const put = (at: Stage, document: unknown, rest: object = {}) =>
    at.error('admin', 'secretsmanager:PutResourcePolicy', {
      ...ID,
      ResourcePolicy: typeof document === 'string' ? document : JSON.stringify(document),
      ...rest,
    });
  const everybody = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
  };

  it('grants, is shown and removed', () => {
    const at = stage();
    const document = policy({ ...everybody, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` } });
    expect(put(at, document)).toBe('done');
    expect(at.ask('nobody', 'secretsmanager:GetSecretValue', ID)).toMatchObject({
      kind: 'done',
      checks: [
        { policy: 'resource policy of prod/db' },
        { policy: 'key policy of alias/aws/secretsmanager' },
      ],
    });
    expect(at.do('admin', 'secretsmanager:GetResourcePolicy', ID)).toMatchObject({
      ResourcePolicy: JSON.stringify(document),
    });
    at.do('admin', 'secretsmanager:DeleteResourcePolicy', ID);
    expect(at.do('admin', 'secretsmanager:GetResourcePolicy', ID)).not.toHaveProperty('ResourcePolicy');
  });

  it('is read as Secrets Manager reads it', () => {
    const at = stage();
    expect(put(at, '{')).toBe(
      'failed: MalformedPolicyDocumentException: This resource policy contains a syntax error.',
    );
    expect(put(at, policy({ ...everybody, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/ghost` } }))).toBe(
      'failed: MalformedPolicyDocumentException: This resource policy contains an unsupported principal.',
    );
    expect(put(at, policy(everybody), { BlockPublicPolicy: true })).toMatch(/^failed: PublicPolicyException/);
    expect(put(at, policy(everybody))).toBe('done');
  });
});
