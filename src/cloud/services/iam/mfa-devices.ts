import { iamArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { newMfaSeed } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, MfaDevice } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime } from '../define.ts';
import { nameProblem, overQuota, pathProblem, permission, readTags, tagContext } from './entities.ts';
import { areConsecutive } from './mfa-code.ts';
import { userArn, userNamed } from './users.ts';

const SERIAL_NUMBER = { type: 'string', required: true, least: 9, help: 'ARN of the device' } as const;
const USER_NAME = { type: 'string', required: true, help: 'name of the user' } as const;

function mfaArn(account: Pick<Account, 'id'>, name: string, path = '/'): string {
  return iamArn(account.id, 'mfa', name, path);
}

/** The MFA devices of a user. */
export function devicesOf(account: Account, user: string): readonly MfaDevice[] {
  return Object.values(account.mfaDevices).filter((device) => device.user === user);
}

function noSuchDevice(serial: string): { readonly error: ApiError } {
  return failed('NoSuchEntity', `VirtualMFADevice with serial number ${serial} does not exist.`);
}

/**
 * The seed goes into a file of whoever calls it: the AWS CLI does not print it.
 * Source: AWS CLI Command Reference, iam/create-virtual-mfa-device.html.
 */
const createVirtualMfaDevice = define({
  id: 'iam:CreateVirtualMFADevice',
  summary: 'make a virtual MFA device',
  input: {
    VirtualMFADeviceName: { type: 'string', required: true, help: 'name of the new device' },
    Path: { type: 'string', help: 'such as /team/' },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
    Outfile: { type: 'string', required: true, local: true, help: 'file for the seed' },
    BootstrapMethod: {
      type: 'string',
      required: true,
      local: true,
      choices: ['QRCodePNG', 'Base32StringSeed'],
      help: 'here the file holds the seed either way',
    },
  },
  outfile: 'VirtualMFADevice.Base32StringSeed',
  outfileOption: 'Outfile',
  needs: (input, caller) => [
    permission(
      'CreateVirtualMFADevice',
      caller,
      mfaArn({ id: caller.account }, input.VirtualMFADeviceName, input.Path),
      tagContext(input.Tags),
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { VirtualMFADeviceName: name, Path: path = '/' } = input;
    const problem = nameProblem('virtualMFADeviceName', name, LIMITS.mfaDeviceName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    const tags = readTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const serial = mfaArn(home, name, path);
    if (Object.values(home.mfaDevices).some((each) => each.name.toLowerCase() === name.toLowerCase())) {
      return failed('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.');
    }
    const [seed, next] = generated(world, newMfaSeed);
    const device: MfaDevice = { name, serial, seed, user: null, enabled: null };
    return done(put(next, home.id, 'mfaDevices', serial, device), {
      VirtualMFADevice: { SerialNumber: serial, Base32StringSeed: seed },
    });
  },
});

const enableMfaDevice = define({
  id: 'iam:EnableMFADevice',
  summary: 'give an MFA device to a user: two codes in a row prove it is there',
  input: {
    UserName: USER_NAME,
    SerialNumber: SERIAL_NUMBER,
    AuthenticationCode1: { type: 'string', required: true, least: 6, help: 'a code the device shows' },
    AuthenticationCode2: { type: 'string', required: true, least: 6, help: 'the code it shows next' },
  },
  needs: (input, caller, world) => [onUser('EnableMFADevice', caller, homeOf(world, caller), input.UserName)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const device = own(home.mfaDevices, input.SerialNumber);
    if (device === undefined) {
      return noSuchDevice(input.SerialNumber);
    }
    if (device.user !== null) {
      return failed('EntityAlreadyExists', `MFA Device is already in use.`);
    }
    if (devicesOf(home, found.user.name).length >= LIMITS.mfaDevicesPerUser) {
      return overQuota('MFADevicesPerUser', LIMITS.mfaDevicesPerUser);
    }
    return areConsecutive(device, [input.AuthenticationCode1, input.AuthenticationCode2], world.clock)
      ? done(
          put(world, home.id, 'mfaDevices', device.serial, {
            ...device,
            user: found.user.name,
            enabled: world.clock,
          }),
        )
      : failed(
          'InvalidAuthenticationCode',
          'Authentication code for device is not valid.',
          'It takes two codes in a row: `mfa` shows the one now and the next.',
        );
  },
});

function onUser(action: string, caller: Caller, home: Account, user: string | undefined) {
  return permission(action, caller, userArn(home, user, caller));
}

const deactivateMfaDevice = define({
  id: 'iam:DeactivateMFADevice',
  summary: "take a user's MFA device away",
  input: { UserName: USER_NAME, SerialNumber: SERIAL_NUMBER },
  needs: (input, caller, world) => [
    onUser('DeactivateMFADevice', caller, homeOf(world, caller), input.UserName),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const device = own(home.mfaDevices, input.SerialNumber);
    return device?.user === found.user.name
      ? done(put(world, home.id, 'mfaDevices', device.serial, { ...device, user: null, enabled: null }))
      : failed('NoSuchEntity', 'MFA Device invalid for user.');
  },
});

const deleteVirtualMfaDevice = define({
  id: 'iam:DeleteVirtualMFADevice',
  summary: 'delete a virtual MFA device',
  input: { SerialNumber: SERIAL_NUMBER },
  needs: (input, caller) => [
    permission('DeleteVirtualMFADevice', caller, mfaResource(caller, input.SerialNumber)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const device = own(home.mfaDevices, input.SerialNumber);
    if (device === undefined) {
      return noSuchDevice(input.SerialNumber);
    }
    return device.user === null
      ? done(drop(world, home.id, 'mfaDevices', device.serial))
      : failed('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
  },
});

/** The device as a resource: a serial number that is no ARN names none. */
function mfaResource(caller: Caller, serial: string): string {
  return serial.startsWith(`arn:aws:iam::${caller.account}:mfa/`)
    ? serial
    : mfaArn({ id: caller.account }, '*');
}

const listMfaDevices = define({
  id: 'iam:ListMFADevices',
  summary: "list a user's MFA devices",
  input: { UserName: { type: 'string', help: 'name of the user; your own unless said' } },
  needs: (input, caller, world) => [onUser('ListMFADevices', caller, homeOf(world, caller), input.UserName)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    return 'error' in found
      ? found
      : done(world, {
          MFADevices: devicesOf(home, found.user.name).map(({ serial, user, enabled }) => ({
            UserName: user,
            SerialNumber: serial,
            EnableDate: isoTime(enabled ?? world.clock),
          })),
        });
  },
});

const listVirtualMfaDevices = define({
  id: 'iam:ListVirtualMFADevices',
  summary: 'list the virtual MFA devices',
  input: { AssignmentStatus: { type: 'string', help: 'Assigned, Unassigned or Any' } },
  needs: (_, caller) => [permission('ListVirtualMFADevices', caller, '*')],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { AssignmentStatus: status = 'Any' } = input;
    if (!['Assigned', 'Unassigned', 'Any'].includes(status)) {
      return breaksConstraint(
        'ValidationError',
        'assignmentStatus',
        status,
        'satisfy enum value set: [Unassigned, Any, Assigned]',
      );
    }
    return done(world, {
      VirtualMFADevices: Object.values(home.mfaDevices)
        .filter(({ user }) => status === 'Any' || (user !== null) === (status === 'Assigned'))
        .map(({ serial, user, enabled }) => {
          const holder = user === null ? undefined : own(home.users, user);
          return {
            SerialNumber: serial,
            ...(holder ? { User: { UserName: holder.name, UserId: holder.id, Arn: holder.arn } } : {}),
            ...(enabled === null ? {} : { EnableDate: isoTime(enabled) }),
          };
        }),
    });
  },
});

/** A second proof of who somebody is. Source: IAM User Guide, id_credentials_mfa_enable_virtual.html. */
export const mfaDeviceOperations = [
  createVirtualMfaDevice,
  enableMfaDevice,
  listMfaDevices,
  listVirtualMfaDevices,
  deactivateMfaDevice,
  deleteVirtualMfaDevice,
];
