import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { characters, newToken } from '../../identifiers.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, KmsGrant, World } from '../../world.ts';
import { breaksConstraint, define, done, failed, isoTime } from '../define.ts';
import { keyInUseProblem } from './cryptography.ts';
import { keyArn, keyManaged, onKey, readReference } from './find-key.ts';
import { KEY_ID } from './keys.ts';

/** What a grant can let somebody do with a symmetric key, as far as it is simulated. */
const OPERATIONS: readonly string[] = [
  ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['ReEncryptFrom', 'ReEncryptTo', 'DescribeKey', 'RetireGrant', 'CreateGrant'],
];

const GRANT_ID = { type: 'string', help: 'id of the grant' } as const;

function described(grant: KmsGrant, keyArn: string): Json {
  const { equals, subset } = grant.constraints;
  return {
    KeyId: keyArn,
    GrantId: grant.id,
    ...(grant.name === null ? {} : { Name: grant.name }),
    CreationDate: isoTime(grant.created),
    GranteePrincipal: grant.grantee,
    ...(grant.retiring === null ? {} : { RetiringPrincipal: grant.retiring }),
    IssuingAccount: grant.issuer,
    Operations: grant.operations,
    ...(equals || subset
      ? {
          Constraints: {
            ...(equals ? { EncryptionContextEquals: equals } : {}),
            ...(subset ? { EncryptionContextSubset: subset } : {}),
          },
        }
      : {}),
  };
}

/** A user, role or session of an account that is there. */
function isPrincipal(account: Account, arn: string): boolean {
  const session = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/[^/]+$/.exec(arn)?.[1];
  return session === undefined
    ? [...Object.values(account.users), ...Object.values(account.roles)].some((each) => each.arn === arn)
    : Object.hasOwn(account.roles, session);
}

function principalProblem(world: World, arn: string): { readonly error: ApiError } | null {
  const account = own(world.accounts, arn.split(':')[4] ?? '');
  return account !== undefined && isPrincipal(account, arn)
    ? null
    : failed('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}

interface ConstraintsGiven {
  readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
  readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
}

function constraintsOf({
  EncryptionContextEquals: equals,
  EncryptionContextSubset: subset,
}: ConstraintsGiven = {}): KmsGrant['constraints'] {
  return { ...(equals ? { equals } : {}), ...(subset ? { subset } : {}) };
}

const createGrant = define({
  id: 'kms:CreateGrant',
  summary: 'let a principal use a key, without any policy',
  input: {
    KeyId: KEY_ID,
    GranteePrincipal: { type: 'string', required: true, help: 'ARN of a user, role or session' },
    Operations: { type: 'strings', required: true, help: OPERATIONS.join(', ') },
    RetiringPrincipal: { type: 'string', help: 'ARN of who may give the grant up' },
    Constraints: {
      type: 'nested',
      help: 'the encryption context that requests must have, such as EncryptionContextSubset={team=red}',
      of: {
        structure: { EncryptionContextEquals: { map: 'string' }, EncryptionContextSubset: { map: 'string' } },
      },
    },
    Name: { type: 'string', help: 'a name for the grant' },
  },
  notSimulated({ KeyId, GranteePrincipal: arn }, signer) {
    const key = signer && readReference(signer, KeyId).account;
    return !/:(user|role|assumed-role)\//.test(arn) || (key !== null && !arn.includes(`:${key}:`))
      ? "Grants are simulated for users, roles and sessions of the key's own account."
      : null;
  },
  needs: (input, caller, world) => [
    {
      ...onKey(world, caller, input.KeyId, 'CreateGrant', {
        'kms:GrantOperations': input.Operations,
        'kms:GranteePrincipal': input.GranteePrincipal,
        // Only a service that makes a grant for a resource of its own sets it, and none does here.
        'kms:GrantIsForAWSResource': false,
        ...(input.RetiringPrincipal === undefined
          ? {}
          : { 'kms:RetiringPrincipal': input.RetiringPrincipal }),
        ...(input.Constraints === undefined
          ? {}
          : { 'kms:GrantConstraintType': Object.keys(input.Constraints)[0] ?? '' }),
      }),
      grant: { operations: input.Operations, constraints: constraintsOf(input.Constraints) },
    },
  ],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const { key, account } = found;
    const problem =
      keyInUseProblem(world, caller, key.arn) ??
      principalProblem(world, input.GranteePrincipal) ??
      (input.RetiringPrincipal === undefined ? null : principalProblem(world, input.RetiringPrincipal));
    if (problem !== null) {
      return problem;
    }
    const unknown = input.Operations.find((each) => !OPERATIONS.includes(each));
    if (unknown !== undefined || input.Operations.length === 0) {
      return breaksConstraint(
        'ValidationException',
        'operations',
        `[${input.Operations.join(', ')}]`,
        `satisfy constraint: [Member must satisfy enum value set: [${OPERATIONS.join(', ')}]]`,
      );
    }
    const [made, next] = generated(world, (generator) => ({
      id: characters(generator, '0123456789abcdef', 64),
      token: newToken(generator),
    }));
    const grant: KmsGrant = {
      ...made,
      key: key.id,
      name: input.Name ?? null,
      grantee: input.GranteePrincipal,
      retiring: input.RetiringPrincipal ?? null,
      operations: input.Operations,
      constraints: constraintsOf(input.Constraints),
      issuer: `arn:aws:iam::${caller.account}:root`,
      created: world.clock,
    };
    return done(put(next, account, 'kmsGrants', grant.id, grant), {
      GrantToken: grant.token,
      GrantId: grant.id,
    });
  },
});

const listGrants = define({
  id: 'kms:ListGrants',
  summary: 'list the grants of a key',
  input: {
    KeyId: KEY_ID,
    GrantId: GRANT_ID,
    GranteePrincipal: { type: 'string', help: 'only grants to this principal' },
  },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'ListGrants')],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const grants = Object.values(own(world.accounts, found.account)?.kmsGrants ?? {}).filter(
      ({ id, key, grantee }) =>
        key === found.key.id &&
        (input.GrantId ?? id) === id &&
        (input.GranteePrincipal ?? grantee) === grantee,
    );
    return done(world, { Grants: grants.map((grant) => described(grant, found.key.arn)), Truncated: false });
  },
});

function noSuchGrant(id: string): { readonly error: ApiError } {
  return failed('NotFoundException', `Grant ID ${id} not found`);
}

const revokeGrant = define({
  id: 'kms:RevokeGrant',
  summary: 'take a grant away',
  input: { KeyId: KEY_ID, GrantId: { ...GRANT_ID, required: true } },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'RevokeGrant')],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const grant = own(own(world.accounts, found.account)?.kmsGrants ?? {}, input.GrantId);
    return grant?.key === found.key.id
      ? done(drop(world, found.account, 'kmsGrants', grant.id))
      : noSuchGrant(input.GrantId);
  },
});

interface Retired {
  readonly GrantToken?: string | undefined;
  readonly KeyId?: string | undefined;
  readonly GrantId?: string | undefined;
}

/** The grant that is to be given up, with the account it is in; undefined when there is none. */
function grantGiven(world: World, caller: Pick<Caller, 'account'>, { GrantToken, KeyId, GrantId }: Retired) {
  for (const [account, { kmsGrants }] of Object.entries(world.accounts)) {
    const grant = Object.values(kmsGrants).find(({ id, key, token }) =>
      GrantToken === undefined
        ? id === GrantId && key === readReference(caller, KeyId ?? '').id
        : token === GrantToken,
    );
    if (grant !== undefined) {
      return { account, grant };
    }
  }
  return undefined;
}

const retireGrant = define({
  id: 'kms:RetireGrant',
  summary: 'give a grant up, as the one who was to retire it or may do so',
  input: {
    GrantToken: { type: 'string', help: 'what create-grant answered' },
    KeyId: { type: 'string', help: 'ARN of the key, with --grant-id' },
    GrantId: GRANT_ID,
  },
  needs(input, caller, world) {
    const given = grantGiven(world, caller, input);
    const names = caller.kind === 'assumed-role' ? [caller.arn, caller.roleArn] : [caller.arn];
    const { grant } = given ?? {};
    const isTheirs =
      names.some((name) => name === grant?.retiring) ||
      // The root user of the account in which the grant was made.
      (caller.kind === 'root' && caller.arn === grant?.issuer) ||
      (names.some((name) => name === grant?.grantee) && grant?.operations.includes('RetireGrant'));
    const key = given === undefined ? (input.KeyId ?? '*') : keyArn(given.account, given.grant.key);
    return isTheirs ? [] : [onKey(world, caller, key, 'RetireGrant')];
  },
  effect(input, caller, world) {
    if (input.GrantToken === undefined && (input.KeyId === undefined || input.GrantId === undefined)) {
      return failed('ValidationException', 'Must provide either a GrantToken or a KeyId and GrantId.');
    }
    const given = grantGiven(world, caller, input);
    return given === undefined
      ? noSuchGrant(input.GrantId ?? '')
      : done(drop(world, given.account, 'kmsGrants', given.grant.id));
  },
});

/**
 * Grants let a principal of the key's account use it, whatever no policy allows; a Deny stops them, and so do SCPs,
 * RCPs, boundaries and session policies that do not allow. They count at once here.
 * Source: KMS Developer Guide, grants.html.
 */
export const grantOperations = [createGrant, listGrants, revokeGrant, retireGrant];
