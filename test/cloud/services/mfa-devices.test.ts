import { describe, expect, it } from 'vitest';
import { codeShown } from '../../../src/cloud/services/iam/mfa-code.ts';
import { ACCOUNT, Stage } from '../stage.ts';

const SerialNumber = `arn:aws:iam::${ACCOUNT}:mfa/phone`;

function codes(stage: Stage, serial = SerialNumber) {
  const device = stage.account.mfaDevices[serial];
  if (device === undefined) {
    throw new Error(`There is no ${serial}.`);
  }
  const at = (steps: number) => codeShown(device, stage.world.clock + steps * 30_000);
  return { AuthenticationCode1: at(0), AuthenticationCode2: at(1) };
}

describe('MFA devices', () => {
  it('are made, given to a user, taken away and deleted', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' })).toMatchObject({
      VirtualMFADevice: { SerialNumber },
    });
    expect(stage.do('admin', 'iam:ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' })).toMatchObject({
      VirtualMFADevices: [{ SerialNumber }],
    });
    const joe = { UserName: 'nobody', SerialNumber };
    stage.do('admin', 'iam:EnableMFADevice', { ...joe, ...codes(stage) });
    expect(stage.do('admin', 'iam:ListMFADevices', { UserName: 'nobody' })).toMatchObject({
      MFADevices: [{ UserName: 'nobody', SerialNumber, EnableDate: '2026-03-02T09:00:00+00:00' }],
    });
    expect(stage.do('admin', 'iam:ListVirtualMFADevices', { AssignmentStatus: 'Assigned' })).toMatchObject({
      VirtualMFADevices: [{ User: { UserName: 'nobody' } }],
    });
    expect(stage.error('admin', 'iam:DeleteVirtualMFADevice', { SerialNumber })).toBe(
      'failed: DeleteConflict: MFA VirtualDevice in use. Must deactivate first.',
    );
    const key = Object.values(stage.account.accessKeys).find(({ user }) => user === 'nobody')?.id;
    stage.do('admin', 'iam:DeleteAccessKey', { UserName: 'nobody', AccessKeyId: key });
    expect(stage.error('admin', 'iam:DeleteUser', { UserName: 'nobody' })).toBe(
      'failed: DeleteConflict: Cannot delete entity, must delete MFA device first.',
    );
    stage.do('admin', 'iam:DeactivateMFADevice', joe);
    stage.do('admin', 'iam:DeleteVirtualMFADevice', { SerialNumber });
    expect(stage.account.mfaDevices).toEqual({});
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage();
    const create = (VirtualMFADeviceName: string, rest = {}) =>
      stage.error('admin', 'iam:CreateVirtualMFADevice', { VirtualMFADeviceName, ...rest });
    expect(create('phone')).toBe('done');
    expect(create('Phone')).toMatch(/^failed: EntityAlreadyExists/);
    expect(create('a b')).toMatch(/ValidationError/);
    expect(create('a', { Path: 'x' })).toMatch(/ValidationError/);
    expect(create('a', { Tags: [{ Key: '' }] })).toMatch(/ValidationError/);
    const joe = { UserName: 'nobody', SerialNumber };
    const enable = (rest: Record<string, unknown>) =>
      stage.error('admin', 'iam:EnableMFADevice', { ...joe, ...codes(stage), ...rest });
    expect(enable({ UserName: 'none' })).toMatch(/NoSuchEntity: The user with name none/);
    expect(enable({ SerialNumber: 'mfa/nobody' })).toBe(
      'failed: NoSuchEntity: VirtualMFADevice with serial number mfa/nobody does not exist.',
    );
    expect(enable({ AuthenticationCode2: codes(stage).AuthenticationCode1 })).toBe(
      'failed: InvalidAuthenticationCode: Authentication code for device is not valid.',
    );
    expect(stage.error('admin', 'iam:DeactivateMFADevice', joe)).toBe(
      'failed: NoSuchEntity: MFA Device invalid for user.',
    );
    expect(stage.error('admin', 'iam:DeactivateMFADevice', { ...joe, UserName: 'none' })).toMatch(
      /NoSuchEntity/,
    );
    expect(enable({})).toBe('done');
    expect(enable({ UserName: 'admin' })).toMatch(/EntityAlreadyExists/);
    expect(stage.error('admin', 'iam:DeleteVirtualMFADevice', { SerialNumber: 'mfa/nobody' })).toMatch(
      /NoSuchEntity/,
    );
    expect(stage.error('admin', 'iam:ListMFADevices', { UserName: 'none' })).toMatch(/NoSuchEntity/);
    expect(stage.error('admin', 'iam:ListVirtualMFADevices', { AssignmentStatus: 'x' })).toMatch(
      /Member must satisfy enum value set/,
    );
    for (let at = 1; at < 8; at += 1) {
      const serial = `arn:aws:iam::${ACCOUNT}:mfa/p${at}`;
      expect(create(`p${at}`)).toBe('done');
      expect(enable({ SerialNumber: serial, ...codes(stage, serial) })).toBe('done');
    }
    expect(create('p8')).toBe('done');
    expect(enable({ SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/p8` })).toBe(
      'failed: LimitExceeded: Cannot exceed quota for MFADevicesPerUser: 8',
    );
    for (const [operation, input] of [
      ['CreateVirtualMFADevice', { VirtualMFADeviceName: 'z' }],
      ['EnableMFADevice', { ...joe, ...codes(stage) }],
      ['DeactivateMFADevice', joe],
      ['DeleteVirtualMFADevice', { SerialNumber }],
      ['ListMFADevices', {}],
      ['ListVirtualMFADevices', {}],
    ] as const) {
      expect(stage.ask('nobody', `iam:${operation}`, input).kind, operation).toBe('denied');
    }
  });

  it('come with users of a scenario', () => {
    const stage = new Stage({ users: { admin: { policies: ['AdministratorAccess'], mfa: true } } });
    expect(stage.do('admin', 'iam:ListMFADevices')).toMatchObject({
      MFADevices: [{ SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/admin` }],
    });
  });
});
