import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/cloud/index.ts';
import { Stage } from '../stage.ts';

const LAUNCH = { ImageId: 'ami-0abcdef1234567890', DryRun: true };

describe('--dry-run', () => {
  test('says that one may, as an error, and does nothing', () => {
    const stage = new Stage();
    const before = stage.world.accounts;
    for (const [operation, input] of [
      ['ec2:RunInstances', LAUNCH],
      ['ec2:TerminateInstances', { InstanceIds: [stage.instance.id], DryRun: true }],
      ['ec2:DescribeInstances', { DryRun: true }],
    ] as const) {
      expect(stage.error('admin', operation, input)).toBe(
        'failed: DryRunOperation: Request would have succeeded, but DryRun flag is set.',
      );
    }
    expect(stage.account.instances).toBe(Object.values(before)[0]?.instances);
    expect(stage.ask('admin', 'ec2:RunInstances', { ...LAUNCH, DryRun: false }).kind).toBe('done');
  });

  test('says that one may not', () => {
    expect(new Stage().error('nobody', 'ec2:RunInstances', LAUNCH)).toMatch(/^denied: UnauthorizedOperation/);
  });

  test('is an option of every operation of EC2', () => {
    const all = [...operations.values()].filter(({ id }) => id.startsWith('ec2:'));
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter(({ input }) => input.DryRun?.type !== 'boolean')).toEqual([]);
  });
});
