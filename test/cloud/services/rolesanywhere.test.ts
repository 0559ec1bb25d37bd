import { describe, expect, it } from 'vitest';
import { authorityText, certificateText } from '../../../src/cloud/outside/certificate.ts';
import type { AccountSpec } from '../../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, policy, Stage } from '../stage.ts';

const roleArn = `arn:aws:iam::${ACCOUNT}:role/Backup`;
const SOURCE = {
  sourceType: 'CERTIFICATE_BUNDLE',
  sourceData: { x509CertificateData: authorityText('Corp CA') },
};

function company(more: Partial<AccountSpec> = {}) {
  return new Stage({
    ...more,
    users: {
      admin: { policies: ['AdministratorAccess'] },
      half: { inline: { all: policy(allow('rolesanywhere:*')) } },
      nobody: {},
    },
    roles: {
      Backup: {
        trust: policy({
          Effect: 'Allow',
          Principal: { Service: 'rolesanywhere.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'ops' } },
        }),
        inline: {
          all: policy({
            ...allow('s3:*'),
            Condition: { StringEquals: { 'aws:SourceIdentity': 'CN=backup' } },
          }),
        },
      },
    },
    workloads: {
      backup: { certificate: { issuer: 'Corp CA', subject: { CN: 'backup', OU: 'ops' } } },
      intern: { certificate: { issuer: 'Corp CA', subject: { CN: 'intern', OU: 'lab' } } },
      stranger: { certificate: { issuer: 'Other CA', subject: { CN: 'backup', OU: 'ops' } } },
    },
  });
}

function certificate(stage: Stage, name: string): string {
  const workload = stage.account.workloads[name];
  if (workload?.kind !== 'certificate') {
    throw new Error(`${name} has no certificate.`);
  }
  return certificateText(workload);
}

/** A trust anchor and a profile, and what a workload asks with them. */
function ready(stage: Stage) {
  const { trustAnchor } = stage.do('admin', 'rolesanywhere:CreateTrustAnchor', {
    name: 'corp',
    source: SOURCE,
    enabled: true,
  }) as { trustAnchor: { trustAnchorArn: string; trustAnchorId: string } };
  const { profile } = stage.do('admin', 'rolesanywhere:CreateProfile', {
    name: 'backup',
    roleArns: [roleArn],
    enabled: true,
  }) as { profile: { profileArn: string; profileId: string } };
  const { trustAnchorArn, trustAnchorId } = trustAnchor;
  const { profileArn, profileId } = profile;
  return { trustAnchorArn, trustAnchorId, profileArn, profileId };
}

describe('the world at the start', () => {
  const id = '0a1b2c3d-1111-2222-3333-444455556666';

  it('can have trust anchors and profiles, with ids that its author chooses', () => {
    const stage = company({
      trustAnchors: { corp: { id, authority: 'Corp CA' } },
      anywhereProfiles: { backup: { id, roles: ['Backup'] } },
    });
    const trustAnchorArn = `arn:aws:rolesanywhere:us-east-1:${ACCOUNT}:trust-anchor/${id}`;
    const profileArn = `arn:aws:rolesanywhere:us-east-1:${ACCOUNT}:profile/${id}`;
    const ask = (who: string) =>
      stage.ask(who, 'rolesanywhere:CreateSession', {
        trustAnchorArn,
        profileArn,
        roleArn,
        certificate: certificate(stage, who),
      }).kind;
    expect(['backup', 'intern', 'stranger'].map(ask)).toEqual(['done', 'denied', 'rejected']);
    expect(stage.do('admin', 'rolesanywhere:ListProfiles')).toMatchObject({
      profiles: [{ name: 'backup', enabled: true, roleArns: [roleArn], durationSeconds: 3600 }],
    });
  });

  it('says where it cannot be as written', () => {
    const problems = (more: object) => () => company(more);
    expect(problems({ trustAnchors: { corp: { id: 'x', authority: 'Corp CA' } } })).toThrow(
      /trustAnchors\.corp\.id: x cannot be its id/,
    );
    expect(problems({ anywhereProfiles: { backup: { roles: ['Backups'] } } })).toThrow(
      /anywhereProfiles\.backup\.roles\.0: There is no role Backups\. Did you mean Backup\?/,
    );
  });
});

describe('CreateSession', () => {
  it('gives a server with the right certificate a session that says whose it is', () => {
    const stage = company();
    const { trustAnchorArn, profileArn } = ready(stage);
    const output = stage.do('backup', 'rolesanywhere:CreateSession', {
      trustAnchorArn,
      profileArn,
      roleArn,
      certificate: certificate(stage, 'backup'),
    });
    expect(output).toMatchObject({ Version: 1, Expiration: '2026-03-02T10:00:00Z' });
    expect(stage.world.trail.at(-1)?.checks.map(({ action, decision }) => [action, decision])).toEqual([
      ['sts:AssumeRole', 'allowed'],
      ['sts:TagSession', 'allowed'],
      ['sts:SetSourceIdentity', 'allowed'],
    ]);
    const { AccessKeyId } = output as { AccessKeyId: string };
    expect(stage.ask(stage.actor(AccessKeyId), 's3:ListBuckets').kind).toBe('done');
  });

  it('refuses everything else', () => {
    const stage = company();
    const { trustAnchorArn, trustAnchorId, profileArn } = ready(stage);
    const error = (name: string, rest: Record<string, unknown> = {}) =>
      stage.error('backup', 'rolesanywhere:CreateSession', {
        trustAnchorArn,
        profileArn,
        roleArn,
        certificate: certificate(stage, name),
        ...rest,
      });
    expect(error('intern')).toBe(`denied: AccessDeniedException: Unable to assume role for ${roleArn}`);
    expect(error('stranger')).toMatch(/^rejected: AccessDeniedException: Untrusted certificate/);
    expect(error('backup', { certificate: 'x' })).toMatch(/Untrusted certificate/);
    expect(error('backup', { profileArn: 'x' })).toMatch(
      /^rejected: AccessDeniedException: Profile not found/,
    );
    expect(error('backup', { roleArn: `${roleArn}2` })).toMatch(/Profile not found/);
    expect(error('backup', { trustAnchorArn: 'x' })).toMatch(/Trust anchor not found/);
    expect(error('backup', { durationSeconds: 899 })).toMatch(/^failed: ValidationException/);
    expect(error('backup', { durationSeconds: 3601 })).toMatch(/between 900 and 3600$/);
    stage.do('admin', 'rolesanywhere:DisableTrustAnchor', { trustAnchorId });
    expect(error('backup')).toMatch(/^rejected: AccessDeniedException: Trust anchor not found or disabled/);
    stage.do('admin', 'rolesanywhere:EnableTrustAnchor', { trustAnchorId });
    expect(error('backup')).toBe('done');
  });
});

describe('trust anchors and profiles', () => {
  it('are made, shown and deleted', () => {
    const stage = company();
    const { trustAnchorId, profileId } = ready(stage);
    expect(stage.do('half', 'rolesanywhere:ListTrustAnchors')).toMatchObject({
      trustAnchors: [{ trustAnchorId, name: 'corp', enabled: true }],
    });
    expect(stage.do('half', 'rolesanywhere:GetTrustAnchor', { trustAnchorId })).toMatchObject({
      trustAnchor: { trustAnchorId },
    });
    expect(stage.do('half', 'rolesanywhere:ListProfiles')).toMatchObject({
      profiles: [{ profileId, durationSeconds: 3600 }],
    });
    expect(stage.do('half', 'rolesanywhere:GetProfile', { profileId })).toMatchObject({
      profile: { roleArns: [roleArn] },
    });
    stage.do('half', 'rolesanywhere:DeleteTrustAnchor', { trustAnchorId });
    stage.do('half', 'rolesanywhere:DeleteProfile', { profileId });
    expect(stage.account).toMatchObject({ trustAnchors: {}, anywhereProfiles: {} });
  });

  it('are refused as Roles Anywhere refuses them', () => {
    const stage = company();
    const anchor = (source: unknown) =>
      stage.error('half', 'rolesanywhere:CreateTrustAnchor', { name: 'x', source });
    expect(anchor({ ...SOURCE, sourceType: 'AWS_ACM_PCA' })).toMatch(/^failed: ValidationException/);
    expect(anchor({ sourceType: 'CERTIFICATE_BUNDLE' })).toMatch(/Incorrect basic constraints/);
    const profile = (rest: Record<string, unknown>) =>
      stage.error('admin', 'rolesanywhere:CreateProfile', { name: 'x', roleArns: [roleArn], ...rest });
    expect(profile({ roleArns: ['x'] })).toBe('failed: ValidationException: Invalid role arn: x');
    expect(profile({ durationSeconds: 60 })).toMatch(/between 900 and 43200$/);
    expect(stage.error('half', 'rolesanywhere:CreateProfile', { name: 'x', roleArns: [roleArn] })).toMatch(
      /^denied: AccessDeniedException: .*iam:PassRole/,
    );
    for (const api of ['GetTrustAnchor', 'DeleteTrustAnchor', 'EnableTrustAnchor', 'DisableTrustAnchor']) {
      const none = { trustAnchorId: 'none' };
      expect(stage.error('half', `rolesanywhere:${api}`, none)).toBe(
        'failed: ResourceNotFoundException: Trust anchor with id none not found',
      );
      expect(stage.ask('nobody', `rolesanywhere:${api}`, none).kind).toBe('denied');
    }
    for (const api of ['GetProfile', 'DeleteProfile']) {
      expect(stage.error('half', `rolesanywhere:${api}`, { profileId: 'none' })).toBe(
        'failed: ResourceNotFoundException: Profile with id none not found',
      );
      expect(stage.ask('nobody', `rolesanywhere:${api}`, { profileId: 'none' }).kind).toBe('denied');
    }
    for (const api of ['ListTrustAnchors', 'ListProfiles']) {
      expect(stage.ask('nobody', `rolesanywhere:${api}`).kind).toBe('denied');
    }
    expect(stage.ask('nobody', 'rolesanywhere:CreateTrustAnchor', { name: 'x', source: SOURCE }).kind).toBe(
      'denied',
    );
  });
});
