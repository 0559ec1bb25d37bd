import { describe, expect, it } from 'vitest';
import type { AccountSpec, OrganizationSpec } from '../../../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../../stage.ts';

const MEMBER: AccountSpec = { name: 'dev', users: { dora: { policies: ['AdministratorAccess'] } } };
const DENY_S3 = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const ORGANIZATION: OrganizationSpec = {
  management: ACCOUNT,
  ous: { Dev: { accounts: [OTHER] } },
  scps: { NoS3: { document: DENY_S3, attach: ['Dev'] } },
};
const DELETE = 'organizations:DeleteOrganization';

function stage(account: Partial<AccountSpec> = {}): Stage {
  return new Stage(account, { [OTHER]: MEMBER }, { organization: ORGANIZATION });
}

describe('deleting an organization', () => {
  it('waits for the last member account to be gone; OUs and policies go with it', () => {
    const on = stage();
    expect(on.error('dora', 's3:ListBuckets')).toMatch(/^denied/);
    expect(on.error('admin', DELETE)).toBe(
      "failed: OrganizationNotEmptyException: The organization isn't empty. To delete an organization, you must first remove all accounts except the management account.",
    );
    on.do('admin', 'organizations:RemoveAccountFromOrganization', { AccountId: OTHER });
    expect(on.do('admin', DELETE)).toBeNull();
    expect(on.world.organization).toBeNull();
    for (const who of ['admin', 'dora']) {
      expect(on.error(who, 'organizations:DescribeOrganization')).toMatch(
        /^failed: AWSOrganizationsNotInUseException/,
      );
      expect(on.ask(who, 's3:ListBuckets').kind).toBe('done');
    }
    expect(on.error('admin', DELETE)).toMatch(/^failed: AWSOrganizationsNotInUseException/);
    expect(on.ask('dora', 'organizations:CreateOrganization').kind).toBe('done');
  });

  it('is for the management account, and takes the permission', () => {
    const on = stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        oscar: { inline: { p: policy(allow('organizations:Describe*')) } },
      },
    });
    expect(on.error('dora', DELETE)).toMatch(/^failed: AccessDeniedException/);
    expect(on.error('oscar', DELETE)).toMatch(
      /^denied: AccessDeniedException: .*organizations:DeleteOrganization/,
    );
  });

  it('is not simulated where something else stands on the organization', () => {
    const center = new Stage({}, {}, { organization: { management: ACCOUNT }, identityCenter: {} });
    expect(center.ask('admin', DELETE).kind).toBe('unsupported');
    const analyzed = new Stage({}, {}, { organization: { management: ACCOUNT } });
    analyzed.do('admin', 'accessanalyzer:CreateAnalyzer', { analyzerName: 'all', type: 'ORGANIZATION' });
    expect(analyzed.ask('admin', DELETE).kind).toBe('unsupported');
  });
});
