import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const ID = '11111111-2222-3333-4444-555555555555';
const NO_ID = '99999999-2222-3333-4444-555555555555';
const ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${ID}`;
const DAY = 86_400_000;
const TEXT = Buffer.from('payroll').toString('base64');
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const KEY = { KeyId: ID };

/** A key called payroll, an administrator, and somebody with these permissions. */
function stage(statements: readonly Record<string, unknown>[] = [], keyPolicy?: Record<string, unknown>) {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      nobody: {},
      joanne: { inline: { p: policy(...statements) }, tags: { team: 'red' } },
    },
    kmsKeys: { payroll: { id: ID, tags: { team: 'red' }, ...(keyPolicy ? { policy: keyPolicy } : {}) } },
  });
}

function sealed(at: Stage, context?: Record<string, string>): string {
  const answer = at.do('admin', 'kms:Encrypt', {
    KeyId: 'alias/payroll',
    Plaintext: TEXT,
    ...(context ? { EncryptionContext: context } : {}),
  });
  return (answer as { CiphertextBlob: string }).CiphertextBlob;
}

describe('a ciphertext', () => {
  it('names its key, hides its text and opens with the same context only', () => {
    const at = stage();
    const CiphertextBlob = sealed(at, { team: 'red' });
    expect(Buffer.from(CiphertextBlob, 'base64').toString()).toContain(ID);
    expect(Buffer.from(CiphertextBlob, 'base64').toString()).not.toContain('payroll');
    const open = (context: Record<string, string>) =>
      at.ask('admin', 'kms:Decrypt', { CiphertextBlob, EncryptionContext: context });
    expect(open({ team: 'red' })).toMatchObject({ kind: 'done', output: { Plaintext: TEXT, KeyId: ARN } });
    expect(open({ team: 'blue' })).toMatchObject({
      kind: 'failed',
      error: { code: 'InvalidCiphertextException' },
    });
    expect(sealed(at, { team: 'red' })).toBe(CiphertextBlob);
  });

  it('that is none, or of another key, is refused', () => {
    const at = stage();
    expect(at.error('admin', 'kms:Decrypt', { CiphertextBlob: TEXT })).toBe(
      'failed: InvalidCiphertextException: ',
    );
    at.do('admin', 'kms:CreateKey');
    const other = Object.keys(at.account.kmsKeys).find((id) => id !== ID);
    expect(at.error('admin', 'kms:Decrypt', { CiphertextBlob: sealed(at), KeyId: other })).toBe(
      'failed: IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.',
    );
    expect(at.error('admin', 'kms:Encrypt', { ...KEY, Plaintext: 'A'.repeat(8000) })).toMatch(
      /^failed: ValidationException: .*less than or equal to 4096/,
    );
  });

  it('of a data key opens to the data key', () => {
    const at = stage();
    const made = at.do('admin', 'kms:GenerateDataKey', { ...KEY, KeySpec: 'AES_256' }) as {
      Plaintext: string;
      CiphertextBlob: string;
    };
    expect(Buffer.from(made.Plaintext, 'base64')).toHaveLength(32);
    expect(at.do('admin', 'kms:Decrypt', { CiphertextBlob: made.CiphertextBlob })).toMatchObject({
      Plaintext: made.Plaintext,
    });
    expect(at.error('admin', 'kms:GenerateDataKey', { ...KEY, KeySpec: 'AES_1' })).toMatch(
      /^failed: ValidationException: .*'AES_1' at 'keySpec'/,
    );
  });
});

describe('a key policy', () => {
  it('is needed beside identity policies, and the default one leaves it to them', () => {
    expect(stage([allow('kms:Encrypt')]).ask('joanne', 'kms:Encrypt', { ...KEY, Plaintext: TEXT }).kind).toBe(
      'done',
    );
    expect(stage().error('joanne', 'kms:Encrypt', { ...KEY, Plaintext: TEXT })).toMatch(
      /^denied: AccessDeniedException: .*kms:Encrypt on resource: arn:aws:kms:.* because no identity-based policy allows/,
    );
    const closed = policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` },
      Action: 'kms:*',
      Resource: '*',
    });
    const at = stage([], closed);
    expect(at.error('admin', 'kms:Decrypt', { CiphertextBlob: sealedBy(at, 'nobody') })).toMatch(
      /because no resource-based policy allows the kms:Decrypt action/,
    );
    expect(at.ask('nobody', 'kms:DescribeKey', KEY)).toMatchObject({
      kind: 'done',
      checks: [{ decidedBy: 'resource', policy: 'key policy of alias/payroll' }],
    });
  });

  it('may ask for tags, the encryption context and the alias in the request', () => {
    const at = stage([
      {
        ...allow('kms:Encrypt'),
        Condition: { StringEquals: { 'kms:EncryptionContext:team': 'red' } },
      },
      { ...allow('kms:DescribeKey'), Condition: { StringEquals: { 'kms:RequestAlias': 'alias/payroll' } } },
      { ...allow('kms:GetKeyPolicy'), Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
    ]);
    const encrypt = (context: object) =>
      at.ask('joanne', 'kms:Encrypt', { ...KEY, Plaintext: TEXT, ...context }).kind;
    expect(encrypt({})).toBe('denied');
    expect(encrypt({ EncryptionContext: { team: 'blue' } })).toBe('denied');
    expect(encrypt({ EncryptionContext: { team: 'red' } })).toBe('done');
    expect(at.ask('joanne', 'kms:DescribeKey', KEY).kind).toBe('denied');
    expect(at.ask('joanne', 'kms:DescribeKey', { KeyId: 'alias/payroll' }).kind).toBe('done');
    expect(at.ask('joanne', 'kms:GetKeyPolicy', KEY).kind).toBe('done');
    at.do('admin', 'kms:UntagResource', { ...KEY, TagKeys: ['team'] });
    expect(at.ask('joanne', 'kms:GetKeyPolicy', KEY).kind).toBe('denied');
  });

  it('may let another account in, whose own policies must allow as well', () => {
    const open = policy(
      { Effect: 'Allow', Principal: ROOT, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
        Action: 'kms:Decrypt',
        Resource: '*',
      },
    );
    const at = new Stage(
      { kmsKeys: { payroll: { id: ID, policy: open } } },
      { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] }, weak: {} } } },
    );
    const CiphertextBlob = sealed(at);
    expect(at.ask('guest', 'kms:Decrypt', { CiphertextBlob }).kind).toBe('done');
    expect(at.ask('weak', 'kms:Decrypt', { CiphertextBlob }).kind).toBe('denied');
    expect(at.ask('guest', 'kms:Encrypt', { KeyId: ARN, Plaintext: TEXT }).kind).toBe('denied');
    expect(at.error('guest', 'kms:Encrypt', { KeyId: 'alias/payroll', Plaintext: TEXT })).toMatch(
      /NotFoundException/,
    );
  });

  it('that would lock its author out is refused, unless the check is bypassed', () => {
    const at = stage([allow('kms:*')]);
    const put = (document: object, rest: object = {}) =>
      at.ask('joanne', 'kms:PutKeyPolicy', { ...KEY, Policy: JSON.stringify(document), ...rest });
    const statement = { Effect: 'Allow', Principal: ROOT, Action: 'kms:*', Resource: '*' };
    const without = policy({ ...statement, Action: 'kms:Decrypt' });
    expect(put(without)).toMatchObject({
      kind: 'failed',
      error: {
        code: 'MalformedPolicyDocumentException',
        message: 'The new key policy will not allow you to update the key policy in the future.',
      },
    });
    expect(put(policy(statement)).kind).toBe('done');
    expect(put(without, { BypassPolicyLockoutSafetyCheck: true }).kind).toBe('done');
    expect(at.ask('joanne', 'kms:GetKeyPolicy', KEY).kind).toBe('denied');
    expect(at.error('admin', 'kms:CreateKey', { Policy: JSON.stringify(without) })).toMatch(/in the future/);
  });

  it('is read as KMS reads it', () => {
    const at = stage();
    const put = (Policy: string) => at.error('admin', 'kms:PutKeyPolicy', { ...KEY, Policy });
    const malformed =
      'failed: MalformedPolicyDocumentException: The specified policy is not syntactically or semantically correct.';
    expect(put('{')).toBe(malformed);
    expect(put(JSON.stringify(policy(allow('kms:*'))))).toBe(malformed);
    expect(put(JSON.stringify(policy({ Effect: 'Allow', Principal: ROOT, Action: 'kms:*' })))).toBe(
      malformed,
    );
    const ghost = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/ghost` },
      Action: 'kms:*',
      Resource: '*',
    };
    expect(put(JSON.stringify(policy(ghost)))).toBe(
      'failed: MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.',
    );
    expect(at.error('admin', 'kms:CreateKey', { Policy: '{' })).toBe(malformed);
    expect(at.do('admin', 'kms:GetKeyPolicy', KEY)).toMatchObject({
      Policy: expect.stringContaining('Enable IAM User Permissions'),
    });
    for (const operation of ['GetKeyPolicy', 'PutKeyPolicy']) {
      expect(
        at.error('admin', `kms:${operation}`, {
          ...KEY,
          PolicyName: 'mine',
          ...(operation === 'PutKeyPolicy' ? { Policy: '{}' } : {}),
        }),
      ).toBe('failed: NotFoundException: No such policy exists');
    }
  });
});

describe('a key', () => {
  it('is made, described and listed', () => {
    const at = stage();
    const made = at.do('admin', 'kms:CreateKey', {
      Description: 'for tests',
      Tags: [{ TagKey: 'team', TagValue: 'red' }],
    }) as { KeyMetadata: { KeyId: string; Arn: string } };
    const { KeyId } = made.KeyMetadata;
    expect(made.KeyMetadata).toMatchObject({
      KeyState: 'Enabled',
      Description: 'for tests',
      KeyManager: 'CUSTOMER',
    });
    expect(at.do('admin', 'kms:ListResourceTags', { KeyId })).toMatchObject({
      Tags: [{ TagKey: 'team', TagValue: 'red' }],
    });
    expect(at.do('admin', 'kms:ListKeys')).toMatchObject({
      Keys: [{ KeyId: ID }, { KeyId }, {}, {}],
    });
    expect(at.error('admin', 'kms:CreateKey', { Tags: [{ TagKey: 'aws:x', TagValue: '' }] })).toMatch(
      /^failed: TagException/,
    );
  });

  it('is disabled, enabled, deleted after its waiting period, or kept', () => {
    const at = stage();
    const CiphertextBlob = sealed(at);
    const use = () => at.error('admin', 'kms:Decrypt', { CiphertextBlob });
    at.do('admin', 'kms:DisableKey', KEY);
    expect(use()).toBe(`failed: DisabledException: ${ARN} is disabled.`);
    at.do('admin', 'kms:EnableKey', KEY);
    expect(use()).toBe('done');
    expect(at.error('admin', 'kms:CancelKeyDeletion', KEY)).toBe(
      `failed: KMSInvalidStateException: ${ARN} is not pending deletion.`,
    );
    expect(at.error('admin', 'kms:ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 3 })).toMatch(
      /^failed: ValidationException: .*greater than or equal to 7/,
    );
    expect(at.error('admin', 'kms:ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 31 })).toMatch(
      /less than or equal to 30/,
    );
    expect(at.do('admin', 'kms:ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 7 })).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: '2026-03-09T09:00:00+00:00',
    });
    const pending = `failed: KMSInvalidStateException: ${ARN} is pending deletion.`;
    expect(use()).toBe(pending);
    for (const [operation, rest] of [
      ['EnableKey', {}],
      ['DisableKey', {}],
      ['ScheduleKeyDeletion', {}],
      ['TagResource', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
      ['UntagResource', { TagKeys: ['team'] }],
    ] as const) {
      expect(at.error('admin', `kms:${operation}`, { ...KEY, ...rest })).toBe(pending);
    }
    expect(at.error('admin', 'kms:CreateAlias', { AliasName: 'alias/x', TargetKeyId: ID })).toBe(pending);
    at.do('admin', 'kms:CancelKeyDeletion', KEY);
    expect(at.do('admin', 'kms:DescribeKey', KEY)).toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } });
    at.do('admin', 'kms:ScheduleKeyDeletion', KEY);
    at.wait(30 * DAY);
    expect(at.error('admin', 'kms:DescribeKey', KEY)).toBe(
      `failed: NotFoundException: Key '${ARN}' does not exist`,
    );
    expect(at.do('admin', 'kms:ListAliases')).toMatchObject({
      Aliases: [{ AliasName: 'alias/aws/s3' }, { AliasName: 'alias/aws/secretsmanager' }],
    });
  });

  const others: readonly (readonly [string, Record<string, unknown>])[] = [
    ['DescribeKey', {}],
    ['GetKeyPolicy', {}],
    ['PutKeyPolicy', { Policy: '{}' }],
    ['EnableKey', {}],
    ['DisableKey', {}],
    ['ScheduleKeyDeletion', {}],
    ['CancelKeyDeletion', {}],
    ['Encrypt', { Plaintext: TEXT }],
    ['GenerateDataKey', { KeySpec: 'AES_256' }],
    ['TagResource', { Tags: [] }],
    ['UntagResource', { TagKeys: [] }],
    ['ListResourceTags', {}],
  ];
  it.each(others)('that is missing, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `kms:${operation}`, { ...rest, KeyId: NO_ID })).toMatch(
      /^failed: NotFoundException: Key/,
    );
    expect(at.error('admin', `kms:${operation}`, { ...rest, KeyId: 'payroll' })).toBe(
      "failed: NotFoundException: Invalid keyId 'payroll'",
    );
    expect(at.ask('nobody', `kms:${operation}`, { ...rest, ...KEY }).kind).toBe('denied');
  });

  it('that AWS manages is for its service only', () => {
    const at = stage();
    expect(at.do('admin', 'kms:DescribeKey', { KeyId: 'alias/aws/s3' })).toMatchObject({
      KeyMetadata: { KeyManager: 'AWS' },
    });
    expect(at.ask('admin', 'kms:Encrypt', { KeyId: 'alias/aws/s3', Plaintext: TEXT }).kind).toBe('denied');
    expect(at.error('admin', 'kms:DescribeKey', { KeyId: 'alias/aws/nothing' })).toMatch(
      /^failed: NotFoundException: Alias/,
    );
  });

  it.each(['CreateKey', 'ListKeys', 'ListAliases'])('operations without a key: %s', (operation) => {
    expect(stage().ask('nobody', `kms:${operation}`).kind).toBe('denied');
  });
});

describe('an alias', () => {
  it('is made, moved and deleted, with permission for the key as well', () => {
    const at = stage([
      allow(
        ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
        `arn:aws:kms:us-east-1:${ACCOUNT}:alias/*`,
      ),
    ]);
    const alias = { AliasName: 'alias/pay', TargetKeyId: ID };
    expect(at.ask('joanne', 'kms:CreateAlias', alias)).toMatchObject({
      kind: 'denied',
      checks: [{ decision: 'allowed' }, { decision: 'implicit-deny' }],
    });
    at.do('admin', 'kms:CreateAlias', alias);
    expect(at.error('admin', 'kms:CreateAlias', alias)).toMatch(
      /^failed: AlreadyExistsException: .*alias\/pay already exists/,
    );
    expect(at.error('admin', 'kms:CreateAlias', { ...alias, AliasName: 'pay' })).toMatch(
      /^failed: InvalidAliasNameException/,
    );
    expect(
      at.error('admin', 'kms:CreateAlias', { ...alias, AliasName: 'alias/b', TargetKeyId: 'alias/pay' }),
    ).toMatch(/Invalid keyId/);
    at.do('admin', 'kms:CreateKey');
    const other = Object.keys(at.account.kmsKeys).find((id) => id !== ID);
    expect(at.ask('joanne', 'kms:UpdateAlias', { ...alias, TargetKeyId: other }).kind).toBe('denied');
    at.do('admin', 'kms:UpdateAlias', { ...alias, TargetKeyId: other });
    expect(at.do('admin', 'kms:ListAliases')).toMatchObject({
      Aliases: [{}, {}, { TargetKeyId: other }, {}],
    });
    expect(at.ask('joanne', 'kms:DeleteAlias', { AliasName: 'alias/pay' }).kind).toBe('denied');
    at.do('admin', 'kms:DeleteAlias', { AliasName: 'alias/pay' });
    const missing = `failed: NotFoundException: Alias arn:aws:kms:us-east-1:${ACCOUNT}:alias/pay is not found.`;
    expect(at.error('admin', 'kms:DeleteAlias', { AliasName: 'alias/pay' })).toBe(missing);
    expect(at.error('admin', 'kms:UpdateAlias', alias)).toBe(missing);
  });
});

function sealedBy(at: Stage, who: string): string {
  const answer = at.do(who, 'kms:Encrypt', { ...KEY, Plaintext: TEXT });
  return (answer as { CiphertextBlob: string }).CiphertextBlob;
}
