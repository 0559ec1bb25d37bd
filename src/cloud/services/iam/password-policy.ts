import { change } from '../../change.ts';
import type { Json } from '../../operation.ts';
import type { Account, PasswordPolicy } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf } from '../define.ts';
import { permission } from './entities.ts';

const SHORTEST = 6;
const MOST = { minimumPasswordLength: 128, maxPasswordAge: 1_095, passwordReusePrevention: 24 } as const;

const updateAccountPasswordPolicy = define({
  id: 'iam:UpdateAccountPasswordPolicy',
  summary: 'say what passwords of users must be; what is left out goes back to its default',
  input: {
    MinimumPasswordLength: { type: 'integer', least: SHORTEST, help: 'characters at least; 6 unless said' },
    RequireSymbols: { type: 'boolean', help: 'they need one of !@#$…' },
    RequireNumbers: { type: 'boolean', help: 'they need a digit' },
    RequireUppercaseCharacters: { type: 'boolean', help: 'they need an uppercase letter' },
    RequireLowercaseCharacters: { type: 'boolean', help: 'they need a lowercase letter' },
    AllowUsersToChangePassword: { type: 'boolean', help: 'users may change their own' },
    MaxPasswordAge: { type: 'integer', least: 1, help: 'days until one has to be changed' },
    PasswordReusePrevention: { type: 'integer', least: 1, help: 'how many earlier ones may not come back' },
    HardExpiry: { type: 'boolean', help: 'who lets it expire needs an administrator' },
  },
  needs: (_, caller) => [permission('UpdateAccountPasswordPolicy', caller, '*')],
  effect(input, caller, world) {
    const given = {
      minimumPasswordLength: input.MinimumPasswordLength,
      maxPasswordAge: input.MaxPasswordAge,
      passwordReusePrevention: input.PasswordReusePrevention,
    };
    for (const name of ['minimumPasswordLength', 'maxPasswordAge', 'passwordReusePrevention'] as const) {
      const value = given[name] ?? 0;
      if (value > MOST[name]) {
        return breaksConstraint(
          'ValidationError',
          name,
          value,
          `have value less than or equal to ${MOST[name]}`,
        );
      }
    }
    const passwordPolicy: PasswordPolicy = {
      length: input.MinimumPasswordLength ?? SHORTEST,
      symbols: input.RequireSymbols ?? false,
      numbers: input.RequireNumbers ?? false,
      uppercase: input.RequireUppercaseCharacters ?? false,
      lowercase: input.RequireLowercaseCharacters ?? false,
      usersMayChange: input.AllowUsersToChangePassword ?? false,
      maxAge: input.MaxPasswordAge ?? null,
      reusePrevention: input.PasswordReusePrevention ?? null,
      hardExpiry: input.HardExpiry ?? false,
    };
    return done(change(world, caller.account, { passwordPolicy }));
  },
});

function described(policy: PasswordPolicy): Json {
  return {
    MinimumPasswordLength: policy.length,
    RequireSymbols: policy.symbols,
    RequireNumbers: policy.numbers,
    RequireUppercaseCharacters: policy.uppercase,
    RequireLowercaseCharacters: policy.lowercase,
    AllowUsersToChangePassword: policy.usersMayChange,
    ExpirePasswords: policy.maxAge !== null,
    ...(policy.maxAge === null ? {} : { MaxPasswordAge: policy.maxAge }),
    ...(policy.reusePrevention === null ? {} : { PasswordReusePrevention: policy.reusePrevention }),
    HardExpiry: policy.hardExpiry,
  };
}

function noPolicy({ id }: Account) {
  return failed(
    'NoSuchEntity',
    `The Password Policy with domain name ${id} cannot be found.`,
    'The account has none of its own, so the default holds: 8 characters, of three kinds.',
  );
}

const getAccountPasswordPolicy = define({
  id: 'iam:GetAccountPasswordPolicy',
  summary: 'show what passwords of users must be',
  input: {},
  needs: (_, caller) => [permission('GetAccountPasswordPolicy', caller, '*')],
  effect(_, caller, world) {
    const home = homeOf(world, caller);
    return home.passwordPolicy === undefined
      ? noPolicy(home)
      : done(world, { PasswordPolicy: described(home.passwordPolicy) });
  },
});

const deleteAccountPasswordPolicy = define({
  id: 'iam:DeleteAccountPasswordPolicy',
  summary: 'go back to the default password policy',
  input: {},
  needs: (_, caller) => [permission('DeleteAccountPasswordPolicy', caller, '*')],
  effect(_, caller, world) {
    const { passwordPolicy, ...home } = homeOf(world, caller);
    return passwordPolicy === undefined
      ? noPolicy(home)
      : done({ ...world, accounts: { ...world.accounts, [home.id]: home } });
  },
});

/** Source: IAM API Reference, API_UpdateAccountPasswordPolicy.html. */
export const passwordPolicyOperations = [
  updateAccountPasswordPolicy,
  getAccountPasswordPolicy,
  deleteAccountPasswordPolicy,
];
