import type { Caller } from '../../caller.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { isShown } from '../iam/mfa-code.ts';

/** The members by which an operation takes an MFA code. */
export const SERIAL_NUMBER = { type: 'string', least: 9, help: 'ARN of your MFA device' } as const;
export const TOKEN_CODE = { type: 'string', least: 6, help: 'the six digits it shows' } as const;

/** What STS says of a code that is not right. */
export const WRONG_CODE = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';

/**
 * What came of the MFA code in a request: `none` was given, it is `right` for a device of the caller's own user, or
 * `wrong`.
 */
export function mfaShown(
  world: World,
  caller: Caller,
  input: { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined },
): 'none' | 'right' | 'wrong' {
  const { SerialNumber: serial, TokenCode: code } = input;
  if (serial === undefined && code === undefined) {
    return 'none';
  }
  const device = own(own(world.accounts, caller.account)?.mfaDevices ?? {}, serial ?? '');
  const isOwn = caller.kind === 'user' && device?.user === caller.user;
  return isOwn && isShown(device, code ?? '', world.clock) ? 'right' : 'wrong';
}
