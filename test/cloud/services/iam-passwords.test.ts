import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, policy, Stage } from '../stage.ts';

const GOOD = 'correct-Horse-7';
const STRICT = {
  MinimumPasswordLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  MaxPasswordAge: 90,
  PasswordReusePrevention: 2,
  HardExpiry: true,
};

function company() {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      nobody: {},
      eve: { inline: { no: policy({ Effect: 'Deny', Action: 'iam:ChangePassword', Resource: '*' }) } },
    },
    roles: {
      Team: {
        trust: policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
        inline: { all: policy(allow('*')) },
      },
    },
  });
}

function set(stage: Stage, input: Record<string, unknown> = STRICT): void {
  stage.do('admin', 'iam:UpdateAccountPasswordPolicy', input);
}

describe('the password policy of an account', () => {
  const none = `failed: NoSuchEntity: The Password Policy with domain name ${ACCOUNT} cannot be found.`;

  it('is not there until it is set, and not after it was deleted', () => {
    const stage = company();
    expect(stage.error('admin', 'iam:GetAccountPasswordPolicy')).toBe(none);
    expect(stage.error('admin', 'iam:DeleteAccountPasswordPolicy')).toBe(none);
    set(stage);
    expect(stage.do('admin', 'iam:GetAccountPasswordPolicy')).toEqual({
      PasswordPolicy: { ...STRICT, ExpirePasswords: true },
    });
    stage.do('admin', 'iam:DeleteAccountPasswordPolicy');
    expect(stage.error('admin', 'iam:GetAccountPasswordPolicy')).toBe(none);
    expect(stage.account).not.toHaveProperty('passwordPolicy');
  });

  it('goes back to the default in what is left out', () => {
    const stage = company();
    set(stage);
    set(stage, {});
    expect(stage.do('admin', 'iam:GetAccountPasswordPolicy')).toEqual({
      PasswordPolicy: {
        MinimumPasswordLength: 6,
        RequireSymbols: false,
        RequireNumbers: false,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
        AllowUsersToChangePassword: false,
        ExpirePasswords: false,
        HardExpiry: false,
      },
    });
  });

  it('has bounds, and is not for everybody', () => {
    const stage = company();
    const error = (input: Record<string, unknown>) =>
      stage.error('admin', 'iam:UpdateAccountPasswordPolicy', input);
    expect(error({ MinimumPasswordLength: 5 })).toMatch(/^not-sent: .*\n.*valid min value: 6$/);
    expect(error({ MinimumPasswordLength: 129 })).toBe(
      "failed: ValidationError: 1 validation error detected: Value '129' at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128",
    );
    expect(error({ MaxPasswordAge: 1096 })).toMatch(/'maxPasswordAge' .* less than or equal to 1095$/);
    expect(error({ PasswordReusePrevention: 25 })).toMatch(/'passwordReusePrevention' .* equal to 24$/);
    for (const verb of ['Update', 'Get', 'Delete']) {
      expect(stage.ask('nobody', `iam:${verb}AccountPasswordPolicy`).kind).toBe('denied');
    }
  });
});

describe('a password', () => {
  const create = (stage: Stage, Password: string) =>
    stage.error('admin', 'iam:CreateLoginProfile', { UserName: 'nobody', Password });
  const violation = (sentence: string) => `failed: PasswordPolicyViolation: ${sentence}`;

  it('must be of three kinds of characters and eight of them where the account says nothing', () => {
    expect(create(company(), 'aB3')).toBe(violation('Password should have a minimum length of 8'));
    expect(create(company(), 'abcdefgh')).toBe(
      violation(
        'Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one number, Password should have at least one symbol',
      ),
    );
    expect(create(company(), 'abcdEFGH3')).toBe('done');
    expect(create(company(), 'x'.repeat(129))).toMatch(
      /^failed: ValidationError: .*'\*\*\*\*' at 'password'/,
    );
    const named = new Stage({ name: 'Acme-Corp-1' });
    expect(create(named, 'Acme-Corp-1')).toMatch(/^failed: PasswordPolicyViolation/);
  });

  it('must be what the account says', () => {
    const stage = company();
    set(stage);
    expect(create(stage, GOOD.slice(1, 12))).toBe(violation('Password should have a minimum length of 14'));
    expect(create(stage, 'correct-horse-x')).toBe(
      violation(
        'Password should have at least one uppercase letter, Password should have at least one number',
      ),
    );
    expect(create(stage, GOOD)).toBe('done');
    set(stage, {});
    stage.do('admin', 'iam:UpdateLoginProfile', { UserName: 'nobody', Password: 'simple' });
  });

  it('is changed by an administrator, and the times of it stand in the credential report', () => {
    const stage = company();
    const update = (input: Record<string, unknown> = {}) =>
      stage.error('admin', 'iam:UpdateLoginProfile', { UserName: 'nobody', ...input });
    expect(update()).toBe('failed: NoSuchEntity: Login Profile for User nobody cannot be found.');
    stage.do('admin', 'iam:CreateLoginProfile', { UserName: 'nobody', Password: GOOD });
    stage.wait(60_000);
    set(stage);
    expect(update({ Password: 'short' })).toMatch(/PasswordPolicyViolation/);
    expect(update({ Password: `${GOOD}8`, PasswordResetRequired: true })).toBe('done');
    expect(stage.error('admin', 'iam:UpdateLoginProfile', { UserName: 'ghost' })).toBe(
      'failed: NoSuchEntity: The user with name ghost cannot be found.',
    );
    expect(stage.ask('nobody', 'iam:UpdateLoginProfile', { UserName: 'nobody' }).kind).toBe('denied');
    expect(stage.do('admin', 'iam:GetLoginProfile', { UserName: 'nobody' })).toEqual({
      LoginProfile: {
        UserName: 'nobody',
        CreateDate: '2026-03-02T09:00:00+00:00',
        PasswordResetRequired: true,
      },
    });
    stage.do('admin', 'iam:GenerateCredentialReport');
    const { Content } = stage.do('admin', 'iam:GetCredentialReport') as { Content: string };
    expect(Buffer.from(Content, 'base64').toString()).toContain(
      ',true,no_information,2026-03-02T09:01:00+00:00,2026-05-31T09:01:00+00:00,',
    );
    expect(JSON.stringify(stage.world)).not.toContain(GOOD);
  });
});

describe('change-password', () => {
  const change = (stage: Stage, who: string, OldPassword: string, NewPassword: string) =>
    stage.error(who, 'iam:ChangePassword', { OldPassword, NewPassword });

  function withPasswords() {
    const stage = company();
    for (const UserName of ['nobody', 'eve']) {
      stage.do('admin', 'iam:CreateLoginProfile', { UserName, Password: GOOD, PasswordResetRequired: true });
    }
    return stage;
  }

  it('takes a permission, or an account that lets all its users; a Deny stops it', () => {
    const stage = withPasswords();
    expect(change(stage, 'nobody', GOOD, `${GOOD}8`)).toMatch(/^denied: AccessDenied: .*iam:ChangePassword/);
    set(stage);
    expect(stage.ask('nobody', 'iam:GetAccountPasswordPolicy').kind).toBe('done');
    expect(change(stage, 'nobody', GOOD, `${GOOD}8`)).toBe('done');
    expect(change(stage, 'eve', GOOD, `${GOOD}8`)).toMatch(/explicit deny/);
    expect(stage.ask('nobody', 'iam:UpdateLoginProfile', { UserName: 'nobody' }).kind).toBe('denied');
    expect(stage.account.users.nobody?.loginProfile).toMatchObject({ resetRequired: false });
  });

  it('asks for the old password and for a new one that the policy takes', () => {
    const stage = withPasswords();
    set(stage);
    expect(change(stage, 'nobody', 'wrong', `${GOOD}8`)).toBe(
      'failed: AccessDenied: The old password was incorrect.',
    );
    expect(change(stage, 'nobody', GOOD, 'short')).toMatch(/^failed: PasswordPolicyViolation/);
    expect(change(stage, 'nobody', GOOD, GOOD)).toMatch(/^failed: PasswordPolicyViolation/);
    expect(change(stage, 'nobody', GOOD, `${GOOD}8`)).toBe('done');
    expect(change(stage, 'nobody', `${GOOD}8`, GOOD)).toMatch(/^failed: PasswordPolicyViolation/);
    expect(change(stage, 'nobody', `${GOOD}8`, `${GOOD}9`)).toBe('done');
    expect(change(stage, 'nobody', `${GOOD}9`, GOOD)).toBe('done');
  });

  it('is for users with a password', () => {
    const stage = company();
    expect(change(stage, 'admin', 'x', GOOD)).toBe(
      'failed: NoSuchEntity: Login Profile for User admin cannot be found.',
    );
    expect(change(stage, `root@${ACCOUNT}`, 'x', GOOD)).toBe(
      'failed: InvalidUserType: Only IAM Users can change their own password',
    );
  });
});
