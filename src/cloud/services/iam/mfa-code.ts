import { seedOf } from '../../identifiers.ts';
import type { Instant, MfaDevice } from '../../world.ts';

/** Milliseconds that a code is shown. */
export const CODE_PERIOD = 30_000;

/**
 * The six digits an MFA device shows at a moment: another code every 30 seconds. Not the real algorithm (RFC 6238),
 * and no weaker for it here.
 */
export function codeShown({ seed }: Pick<MfaDevice, 'seed'>, at: Instant): string {
  const step = Math.floor(at / CODE_PERIOD);
  return String(seedOf(`${seed}/${step}`) % 1_000_000).padStart(6, '0');
}

/** True when a device shows this code now, or showed it just before: clocks differ a little. */
export function isShown(device: Pick<MfaDevice, 'seed'>, code: string, now: Instant): boolean {
  return [now, now - CODE_PERIOD].some((at) => codeShown(device, at) === code);
}

/** True when these are two codes in a row, the last one shown now, just before, or next. */
export function areConsecutive(
  device: Pick<MfaDevice, 'seed'>,
  [first, second]: readonly [string, string],
  now: Instant,
): boolean {
  return [now - CODE_PERIOD, now, now + CODE_PERIOD].some(
    (at) => codeShown(device, at - CODE_PERIOD) === first && codeShown(device, at) === second,
  );
}
