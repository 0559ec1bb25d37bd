import { describe, expect, it } from 'vitest';
import { examine } from '../../../../src/cloud/index.ts';
import { attached, DENY_S3, DEV, organizationOf, STRANGER, stage, unit } from './stage.ts';

describe('tags in the organization', () => {
  it('are put, listed, taken away and asked for by policies', () => {
    const on = stage();
    const dev = unit(on, 'Dev');
    const policyId = attached(on, DENY_S3, []);
    for (const ResourceId of [dev, DEV, policyId, organizationOf(on).rootId]) {
      on.do('admin', 'organizations:TagResource', { ResourceId, Tags: [{ Key: 'team', Value: 'red' }] });
      expect(on.do('admin', 'organizations:ListTagsForResource', { ResourceId })).toEqual({
        Tags: [{ Key: 'team', Value: 'red' }],
      });
    }
    const input = { OrganizationalUnitId: dev };
    const operation = 'organizations:DescribeOrganizationalUnit';
    const examination = examine(on.world, on.actor('admin'), { operation, input });
    expect(examination.kind === 'examined' && examination.checks[0]?.input.request.context).toMatchObject({
      'aws:ResourceTag/team': 'red',
    });
    on.do('admin', 'organizations:UntagResource', { ResourceId: dev, TagKeys: ['team'] });
    expect(on.do('admin', 'organizations:ListTagsForResource', { ResourceId: dev })).toEqual({ Tags: [] });
    for (const [name, more] of [
      ['TagResource', { Tags: [] }],
      ['UntagResource', { TagKeys: [] }],
      ['ListTagsForResource', {}],
    ] as const) {
      expect(on.error('admin', `organizations:${name}`, { ResourceId: STRANGER, ...more })).toMatch(
        /^failed: TargetNotFoundException/,
      );
      expect(on.error('nobody', `organizations:${name}`, { ResourceId: dev, ...more })).toMatch(/^denied/);
    }
    expect(on.error('admin', 'organizations:TagResource', { ResourceId: dev, Tags: [{ Key: '' }] })).toMatch(
      /^failed: InvalidInputException/,
    );
  });
});
