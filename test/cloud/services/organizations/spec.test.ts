import { describe, expect, it } from 'vitest';
import { buildWorld } from '../../../../src/cloud/index.ts';
import type { OrganizationSpec } from '../../../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, COMPANY, policy, spec } from '../../stage.ts';
import { ACCOUNTS, DENY_S3, DEV, LIST, ORGANIZATION, stage, verdict } from './stage.ts';

describe('an organization in a scenario', () => {
  function problems(organization: OrganizationSpec): readonly string[] {
    const built = buildWorld(spec(COMPANY, ACCOUNTS, { organization }));
    return 'problems' in built
      ? built.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
      : [];
  }

  it('binds as it is written', () => {
    const on = stage({
      scps: { NoS3: { document: DENY_S3, attach: ['Workloads/Prod', DEV] }, Spare: { document: DENY_S3 } },
    });
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
    expect(verdict(on, 'pam', LIST)).toBe('explicit-deny by service-control');
    const half = stage({
      scps: { Some: { document: policy(allow('ec2:*')), attach: ['Dev'] } },
      withoutFullAWSAccess: ['Dev'],
    });
    expect(verdict(half, 'dora', LIST)).toBe('implicit-deny by service-control');
    expect(verdict(half, 'pam', LIST)).toBe('allowed');
  });

  it('is told where it is wrong', () => {
    expect(problems({ management: '000000000000' })).toEqual([
      expect.stringMatching(/^organization.management: There is no account 000000000000/),
    ]);
    expect(problems({ management: ACCOUNT, accounts: [ACCOUNT] })).toEqual([
      `organization.accounts.0: The account ${ACCOUNT} is in the organization already. Name each account once.`,
    ]);
    expect(
      problems({
        ...ORGANIZATION,
        scps: { Deny: { document: DENY_S3, attach: ['Worklods'] } },
      }),
    ).toEqual([
      'organization.scps.Deny.attach.0: There is no root, OU or account Worklods. Did you mean Workloads?',
    ]);
    expect(problems({ ...ORGANIZATION, rcps: { Open: { document: policy(allow('s3:*')) } } })).toEqual([
      expect.stringMatching(/^organization.rcps.Open.document: The provided policy document/),
    ]);
    expect(problems({ ...ORGANIZATION, withoutFullAWSAccess: ['Dev'] })).toEqual([
      'organization.withoutFullAWSAccess.0: One SCP has to be attached to Dev. Attach another one to it.',
    ]);
    expect(
      problems({
        ...ORGANIZATION,
        features: 'consolidated-billing',
        scps: { Deny: { document: DENY_S3, attach: ['Root'] } },
      }),
    ).toEqual([
      'organization.scps.Deny.attach.0: Policies of this type are not enabled, so none can be attached.',
    ]);
    const twice = { A: { ous: { Dev: {} } }, B: { ous: { Dev: {} } } };
    expect(
      problems({ management: ACCOUNT, ous: twice, scps: { Deny: { document: DENY_S3, attach: ['Dev'] } } }),
    ).toEqual([
      'organization.scps.Deny.attach.0: There are several OUs Dev. Write the path, such as Workloads/Dev.',
    ]);
  });
});
