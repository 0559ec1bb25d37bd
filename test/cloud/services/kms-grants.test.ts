import { describe, expect, it } from 'vitest';
import { accessMap, decisionAt, permissionOn } from '../../../src/cloud/access-map/index.ts';
import { examine } from '../../../src/cloud/index.ts';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const ID = '11111111-2222-3333-4444-555555555555';
const ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${ID}`;
const KEY = { KeyId: ID };
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;

function stage() {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        bob: {},
        capped: { boundary: 'OnlyS3' },
        barred: { inline: { p: policy({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }) } },
        limited: {
          inline: {
            p: policy({
              ...allow('kms:CreateGrant'),
              Condition: { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
            }),
          },
        },
      },
      policies: { OnlyS3: { document: policy(allow('s3:*')) } },
      kmsKeys: { payroll: { id: ID } },
    },
    {
      [OTHER]: {
        name: 'partner',
        users: { eve: {}, 'partner-admin': { policies: ['AdministratorAccess'] } },
      },
    },
  );
}

function sealed(at: Stage, EncryptionContext?: Record<string, string>) {
  const input = { KeyId: ID, Plaintext: 'cGF5', ...(EncryptionContext ? { EncryptionContext } : {}) };
  return (at.do('admin', 'kms:Encrypt', input) as { CiphertextBlob: string }).CiphertextBlob;
}

function granted(at: Stage, more: object = {}) {
  return at.do('admin', 'kms:CreateGrant', {
    ...KEY,
    GranteePrincipal: BOB,
    Operations: ['Decrypt'],
    ...more,
  }) as { GrantId: string; GrantToken: string };
}

describe('a grant', () => {
  it('lets its principal do what it names, without any policy, and says so', () => {
    const at = stage();
    const request = { operation: 'kms:Decrypt', input: { CiphertextBlob: sealed(at) } };
    const ask = (who: string) => at.ask(who, request.operation, request.input).kind;
    expect(ask('bob')).toBe('denied');
    const { GrantId } = granted(at, { Name: 'audit' });
    expect(ask('bob')).toBe('done');
    expect(at.ask('bob', 'kms:Encrypt', { ...KEY, Plaintext: 'cGF5' }).kind).toBe('denied');
    const found = examine(at.world, at.actor('bob'), request);
    const [check] = found.kind === 'examined' ? found.checks : [];
    expect(check?.decision).toMatchObject({ decision: 'allowed', decidedBy: 'service', policy: null });
    expect(check?.decision.trace().layers.map(({ note }) => note)).toEqual([
      expect.stringContaining('allows it, but names only the account'),
      'The identity policy does not allow it, and it does not have to: a grant of the key does.',
      `The grant ${GrantId} of the key lets this principal call kms:Decrypt.`,
    ]);
    const universe = {
      principals: [{ kind: 'user', account: ACCOUNT, user: 'bob' } as const],
      permissions: [permissionOn(at.world, 'kms:Decrypt', ARN)],
      circumstances: [{ label: '', context: {} }],
    };
    expect(decisionAt(accessMap(at.world, universe), 0)).toMatchObject({ decision: 'allowed' });
    expect(at.do('admin', 'kms:ListGrants', KEY)).toMatchObject({
      Grants: [{ KeyId: ARN, GrantId, Name: 'audit', GranteePrincipal: BOB, Operations: ['Decrypt'] }],
    });
    at.do('admin', 'kms:RevokeGrant', { ...KEY, GrantId });
    expect(ask('bob')).toBe('denied');
    expect(at.error('admin', 'kms:RevokeGrant', { ...KEY, GrantId })).toMatch(/^failed: NotFoundException/);
  });

  it('does not outweigh a Deny or a boundary', () => {
    const at = stage();
    const input = { CiphertextBlob: sealed(at) };
    for (const user of ['capped', 'barred']) {
      granted(at, { GranteePrincipal: `arn:aws:iam::${ACCOUNT}:user/${user}` });
    }
    expect(at.ask('capped', 'kms:Decrypt', input)).toMatchObject({
      kind: 'denied',
      checks: [{ decidedBy: 'permissions-boundary' }],
    });
    expect(at.ask('barred', 'kms:Decrypt', input)).toMatchObject({
      kind: 'denied',
      checks: [{ decision: 'explicit-deny', decidedBy: 'identity' }],
    });
  });

  it('can ask for an encryption context', () => {
    const at = stage();
    const open = (context: Record<string, string>) =>
      at.ask('bob', 'kms:Decrypt', { CiphertextBlob: sealed(at, context), EncryptionContext: context }).kind;
    const { GrantId } = granted(at, { Constraints: { EncryptionContextSubset: { team: 'red' } } });
    expect([open({ team: 'red', year: '1' }), open({ team: 'blue' })]).toEqual(['done', 'denied']);
    at.do('admin', 'kms:RevokeGrant', { ...KEY, GrantId });
    granted(at, { Constraints: { EncryptionContextEquals: { team: 'red' } } });
    expect([open({ team: 'red' }), open({ team: 'red', year: '1' })]).toEqual(['done', 'denied']);
  });

  describe('to make grants', () => {
    const CARL = `arn:aws:iam::${ACCOUNT}:user/limited`;

    /** What becomes of bob's attempt to give it on, with a grant of his own like this. */
    function givenOn(parent: object, child: object): string {
      const at = stage();
      granted(at, { Operations: ['Decrypt', 'CreateGrant', 'RetireGrant'], ...parent });
      return at.error('bob', 'kms:CreateGrant', { ...KEY, GranteePrincipal: CARL, ...child });
    }

    it('covers some or all of what it gives itself', () => {
      for (const Operations of [['Decrypt'], ['Decrypt', 'CreateGrant'], ['RetireGrant']]) {
        expect(givenOn({}, { Operations })).toBe('done');
      }
      for (const Operations of [['Encrypt'], ['Decrypt', 'Encrypt'], ['ScheduleKeyDeletion']]) {
        expect(givenOn({}, { Operations })).toMatch(/^denied: AccessDeniedException/);
      }
      expect(givenOn({ Operations: ['Decrypt'] }, { Operations: ['Decrypt'] })).toMatch(/^denied/);
    });

    it('asks for constraints that are at least as strict', () => {
      const subset = (pairs: object) => ({ Constraints: { EncryptionContextSubset: pairs } });
      const equals = (pairs: object) => ({ Constraints: { EncryptionContextEquals: pairs } });
      const Operations = ['Decrypt'];
      const red = { team: 'red' };
      const more = { team: 'red', year: '1' };
      for (const stricter of [subset(red), subset(more), equals(red), equals(more)]) {
        expect(givenOn(subset(red), { Operations, ...stricter })).toBe('done');
      }
      for (const looser of [{}, subset({ year: '1' }), equals({ team: 'blue' })]) {
        expect(givenOn(subset(red), { Operations, ...looser })).toMatch(/^denied/);
      }
      expect(givenOn(equals(red), { Operations, ...equals(red) })).toBe('done');
      for (const looser of [subset(red), equals(more), {}]) {
        expect(givenOn(equals(red), { Operations, ...looser })).toMatch(/^denied/);
      }
    });

    it('can be given on, by a grant that outlives it', () => {
      const at = stage();
      const blob = sealed(at);
      const parent = granted(at, { Operations: ['Decrypt', 'CreateGrant'] });
      at.do('bob', 'kms:CreateGrant', { ...KEY, GranteePrincipal: CARL, Operations: ['Decrypt'] });
      expect(at.ask('limited', 'kms:Decrypt', { CiphertextBlob: blob }).kind).toBe('done');
      at.do('admin', 'kms:RevokeGrant', { ...KEY, GrantId: parent.GrantId });
      expect(at.ask('bob', 'kms:Decrypt', { CiphertextBlob: blob }).kind).toBe('denied');
      expect(at.ask('limited', 'kms:Decrypt', { CiphertextBlob: blob }).kind).toBe('done');
    });
  });

  it('is given up by who may retire it', () => {
    const at = stage();
    const { GrantToken } = granted(at, { RetiringPrincipal: `arn:aws:iam::${ACCOUNT}:user/limited` });
    expect(at.ask('bob', 'kms:RetireGrant', { GrantToken }).kind).toBe('denied');
    expect(at.ask('limited', 'kms:RetireGrant', { GrantToken }).kind).toBe('done');
    const own = granted(at, { Operations: ['Decrypt', 'RetireGrant'] });
    expect(at.ask('bob', 'kms:RetireGrant', { KeyId: ARN, GrantId: own.GrantId }).kind).toBe('done');
    const root = granted(at);
    expect(at.ask(`root@${OTHER}`, 'kms:RetireGrant', { GrantToken: root.GrantToken }).kind).toBe('denied');
    expect(at.ask(`root@${ACCOUNT}`, 'kms:RetireGrant', { GrantToken: root.GrantToken }).kind).toBe('done');
    expect(at.error('admin', 'kms:RetireGrant')).toMatch(/^failed: ValidationException/);
    expect(at.error('admin', 'kms:RetireGrant', { KeyId: ARN, GrantId: 'x' })).toMatch(/NotFoundException/);
  });

  it('is made, listed and revoked as permissions allow and KMS takes it', () => {
    const at = stage();
    const make = (who: string, more: object = {}) =>
      at.error(who, 'kms:CreateGrant', { ...KEY, GranteePrincipal: BOB, Operations: ['Decrypt'], ...more });
    expect(make('bob')).toMatch(/^denied: AccessDeniedException/);
    expect(make('limited')).toBe('done');
    expect(make('limited', { Operations: ['Decrypt', 'Encrypt'] })).toMatch(/^denied/);
    expect(make('admin', { Operations: ['Read'] })).toMatch(/^failed: ValidationException/);
    expect(make('admin', { GranteePrincipal: `${BOB}by` })).toMatch(/^failed: InvalidArnException/);
    expect(make('admin', { RetiringPrincipal: `${BOB}by` })).toMatch(/^failed: InvalidArnException/);
    expect(make('admin', { GranteePrincipal: `arn:aws:iam::${OTHER}:user/adam` })).toMatch(/InvalidArn/);
    expect(make('admin', { GranteePrincipal: 'bob' })).toMatch(/^failed: InvalidArnException/);
    expect(make('admin', { GranteePrincipal: `arn:aws:iam::${OTHER}:root` })).toBe('unsupported');
    expect(make('admin', { GranteePrincipal: 'arn:aws:iam::777788889999:role/unknown' })).toBe('done');
    expect(make('admin', { KeyId: ID.replace('1', '9') })).toMatch(/^failed: NotFoundException/);
    at.do('admin', 'kms:DisableKey', KEY);
    expect(make('admin')).toMatch(/^failed: DisabledException/);
    expect(at.error('bob', 'kms:ListGrants', KEY)).toMatch(/^denied/);
    expect(at.error('bob', 'kms:RevokeGrant', { ...KEY, GrantId: 'x' })).toMatch(/^denied/);
  });

  it('with a name is made once, however often it is asked for', () => {
    const at = stage();
    const first = granted(at, { Name: 'audit' });
    expect(granted(at, { Name: 'audit' })).toEqual(first);
    expect(granted(at, { Name: 'audit', Operations: ['Encrypt'] }).GrantId).not.toBe(first.GrantId);
    expect(granted(at).GrantId).not.toBe(granted(at).GrantId);
  });

  it('is shown by its token, which has to be one', () => {
    const at = stage();
    const { GrantToken } = granted(at, {
      Operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'],
    });
    const CiphertextBlob = sealed(at);
    for (const [operation, input] of [
      ['Encrypt', { ...KEY, Plaintext: 'cGF5' }],
      ['Decrypt', { CiphertextBlob }],
      ['GenerateDataKey', { ...KEY, KeySpec: 'AES_256' }],
      ['DescribeKey', KEY],
    ] as const) {
      expect(at.ask('bob', `kms:${operation}`, { ...input, GrantTokens: [GrantToken] }).kind).toBe('done');
      expect(at.error('bob', `kms:${operation}`, { ...input, GrantTokens: ['x'] })).toMatch(
        /^failed: InvalidGrantTokenException/,
      );
    }
    expect(
      at.error('admin', 'kms:CreateGrant', {
        ...KEY,
        GranteePrincipal: BOB,
        Operations: ['Decrypt'],
        GrantTokens: ['x'],
      }),
    ).toMatch(/^failed: InvalidGrantTokenException/);
  });

  describe('to a principal of another account', () => {
    const EVE = `arn:aws:iam::${OTHER}:user/eve`;

    it('is enough: no policy of that account has to allow it, and a Deny there stops it', () => {
      const at = stage();
      const input = { CiphertextBlob: sealed(at) };
      expect(at.ask('eve', 'kms:Decrypt', input).kind).toBe('denied');
      const { GrantId } = granted(at, { GranteePrincipal: EVE });
      expect(at.ask('eve', 'kms:Decrypt', input).kind).toBe('done');
      expect(at.ask('eve', 'kms:Encrypt', { KeyId: ARN, Plaintext: 'cGF5' }).kind).toBe('denied');
      const [grant] = (at.do('admin', 'kms:ListGrants', KEY) as { Grants: object[] }).Grants;
      expect(grant).toMatchObject({
        GranteePrincipal: EVE,
        IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
      });
      at.do('partner-admin', 'iam:PutUserPolicy', {
        UserName: 'eve',
        PolicyName: 'no',
        PolicyDocument: JSON.stringify(policy({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' })),
      });
      expect(at.ask('eve', 'kms:Decrypt', input)).toMatchObject({
        kind: 'denied',
        checks: [{ decision: 'explicit-deny', decidedBy: 'identity' }],
      });
      at.do('admin', 'kms:RevokeGrant', { ...KEY, GrantId });
    });

    it('is made from there, where the key policy and a policy there both allow that', () => {
      const at = stage();
      const make = () =>
        at.ask('partner-admin', 'kms:CreateGrant', {
          KeyId: ARN,
          GranteePrincipal: EVE,
          Operations: ['Decrypt'],
          RetiringPrincipal: EVE,
        }).kind;
      expect(make()).toBe('denied');
      const document = policy(
        { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
        { ...allow('kms:CreateGrant'), Principal: { AWS: `arn:aws:iam::${OTHER}:root` } },
      );
      at.do('admin', 'kms:PutKeyPolicy', { ...KEY, Policy: JSON.stringify(document) });
      expect(make()).toBe('done');
      expect(at.ask('eve', 'kms:Decrypt', { CiphertextBlob: sealed(at) }).kind).toBe('done');
      const retirable = (who: string, arn: string) =>
        at.ask(who, 'kms:ListRetirableGrants', { RetiringPrincipal: arn });
      expect(retirable('partner-admin', EVE)).toMatchObject({
        output: {
          Grants: [{ KeyId: ARN, GranteePrincipal: EVE, IssuingAccount: `arn:aws:iam::${OTHER}:root` }],
        },
      });
      expect(retirable('partner-admin', `${EVE}2`)).toMatchObject({ output: { Grants: [] } });
      expect(retirable('admin', EVE).kind).toBe('unsupported');
      expect(retirable('eve', EVE).kind).toBe('denied');
    });
  });

  describe('to an AWS service', () => {
    const RDS = 'rds.us-east-1.amazonaws.com';
    const Constraints = { SourceArn: `arn:aws:rds:us-east-1:${ACCOUNT}:db:orders` };
    const make = (more: object) =>
      stage().error('admin', 'kms:CreateGrant', { ...KEY, Operations: ['Decrypt'], ...more });

    it('says for which resource, and who retires it', () => {
      const at = stage();
      const grant = { GranteeServicePrincipal: RDS, RetiringServicePrincipal: RDS, Constraints };
      at.do('admin', 'kms:CreateGrant', { ...KEY, Operations: ['Decrypt'], ...grant });
      granted(at);
      const listed = at.do('admin', 'kms:ListGrants', { ...KEY, GranteeServicePrincipal: RDS });
      expect((listed as { Grants: object[] }).Grants).toMatchObject([
        { GranteePrincipal: RDS, GranteeServicePrincipal: RDS, RetiringServicePrincipal: RDS, Constraints },
      ]);
    });

    it('is refused without these, and with two of a kind', () => {
      const retiring = { RetiringPrincipal: BOB };
      const twice = { ...retiring, RetiringServicePrincipal: RDS };
      for (const wrong of [
        {},
        { GranteePrincipal: BOB, GranteeServicePrincipal: RDS, Constraints, ...retiring },
        { GranteeServicePrincipal: RDS, ...retiring },
        { GranteeServicePrincipal: RDS, Constraints },
        { GranteeServicePrincipal: RDS, Constraints, ...twice },
        { GranteeServicePrincipal: 'rds', Constraints, ...retiring },
        { GranteePrincipal: BOB, RetiringServicePrincipal: 'lamda.amazonaws.com' },
      ]) {
        expect(make(wrong)).toMatch(/^failed: ValidationException/);
      }
      expect(make({ GranteeServicePrincipal: RDS, Constraints, ...retiring })).toBe('done');
    });

    it('can be narrowed by a policy', () => {
      const at = stage();
      const only = {
        ...allow('kms:CreateGrant'),
        Condition: {
          StringEquals: { 'kms:GranteeServicePrincipal': RDS },
          ArnLike: { 'kms:GrantConstraintSourceArn': 'arn:aws:rds:*:*:db:*' },
        },
      };
      at.do('admin', 'iam:PutUserPolicy', {
        UserName: 'bob',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify(policy(only)),
      });
      const ask = (more: object) =>
        at.ask('bob', 'kms:CreateGrant', { ...KEY, Operations: ['Decrypt'], RetiringPrincipal: BOB, ...more })
          .kind;
      expect(ask({ GranteeServicePrincipal: RDS, Constraints })).toBe('done');
      expect(ask({ GranteePrincipal: BOB })).toBe('denied');
    });
  });

  it('for a resource is for nothing else', () => {
    const at = stage();
    granted(at, { Constraints: { SourceArn: `arn:aws:s3:::assets` } });
    expect(at.ask('bob', 'kms:Decrypt', { CiphertextBlob: sealed(at) }).kind).toBe('denied');
  });
});
