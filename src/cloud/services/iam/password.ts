import { createHash } from 'node:crypto';
import type { ApiError } from '../../operation.ts';
import type { Account, LoginProfile, PasswordPolicy, World } from '../../world.ts';
import { breaksConstraint, failed } from '../define.ts';

/** Characters of a password at most, under every policy. */
const LONGEST = 128;

/** How many passwords of a user are remembered: the one in use, and as many as a policy can forbid to use again. */
const REMEMBERED = 25;

/** What holds without a policy of the account's own: three of the four kinds of characters. */
const LEAST_LENGTH = 8;
const LEAST_KINDS = 3;

/** Source: IAM API Reference, API_UpdateAccountPasswordPolicy.html, RequireSymbols. */
const KINDS = [
  { of: 'uppercase', pattern: /[A-Z]/, sentence: 'Password should have at least one uppercase letter' },
  { of: 'lowercase', pattern: /[a-z]/, sentence: 'Password should have at least one lowercase letter' },
  { of: 'numbers', pattern: /[0-9]/, sentence: 'Password should have at least one number' },
  {
    of: 'symbols',
    pattern: /[!@#$%^&*()_+\-=[\]{}|']/,
    sentence: 'Password should have at least one symbol',
  },
] as const;

/**
 * What IAM has against a new password under the account's password policy, or under the default one.
 * Source: IAM User Guide, id_credentials_passwords_account-policy.html.
 */
export function passwordProblem(
  { passwordPolicy: policy, name }: Account,
  password: string,
): { readonly error: ApiError } | null {
  if (password.length > LONGEST) {
    return breaksConstraint(
      'ValidationError',
      'password',
      '****',
      `have length less than or equal to ${LONGEST}`,
    );
  }
  const least = policy?.length ?? LEAST_LENGTH;
  if (password.length < least) {
    return violation(`Password should have a minimum length of ${least}`);
  }
  const missing = KINDS.filter(({ pattern }) => !pattern.test(password));
  if (policy !== undefined) {
    const asked = missing.filter(({ of }) => policy[of]);
    return asked.length === 0 ? null : violation(asked.map(({ sentence }) => sentence).join(', '));
  }
  const more = LEAST_KINDS - (KINDS.length - missing.length);
  if (more > 0) {
    const sentences = missing.map(({ sentence }) => sentence).join(', ');
    return violation(`Password should meet ${more} more of the following requirements: ${sentences}`);
  }
  return password === name ? violation('Password should not be the name of the account') : null;
}

function violation(message: string): { readonly error: ApiError } {
  return failed('PasswordPolicyViolation', message);
}

/** What is kept of a password, which is not the password. */
function digest(userId: string, password: string): string {
  return createHash('sha256').update(`${userId}/${password}`).digest('hex');
}

/** True when this is the password in use; null when that is not known. */
export function isPasswordOf(userId: string, profile: LoginProfile, password: string): boolean | null {
  const [current] = profile.digests ?? [];
  return current === undefined ? null : current === digest(userId, password);
}

/** What IAM has against a password that was used lately, the one in use among them. */
export function reuseProblem(
  policy: PasswordPolicy | undefined,
  userId: string,
  { digests = [] }: LoginProfile,
  password: string,
): { readonly error: ApiError } | null {
  const barred = digests.slice(0, policy?.reusePrevention ?? 0);
  return barred.includes(digest(userId, password))
    ? violation(`Password should not be one of the last ${policy?.reusePrevention} passwords`)
    : null;
}

/** A password profile with another password. */
export function withPassword(
  world: World,
  userId: string,
  profile: LoginProfile,
  password: string,
): LoginProfile {
  const digests = [digest(userId, password), ...(profile.digests ?? [])].slice(0, REMEMBERED);
  return { ...profile, changed: world.clock, digests };
}
