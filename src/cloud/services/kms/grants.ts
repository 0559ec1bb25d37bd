import type { Caller } from '../../caller.ts';
import { drop } from '../../change.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { KmsGrant, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { createGrant } from './create-grant.ts';
import { keyArn, keyManaged, onKey, readReference } from './find-key.ts';
import { KEY_ID } from './keys.ts';

const GRANT_ID = { type: 'string', help: 'id of the grant' } as const;

/** Services are named, everybody else has an ARN. */
function isService(principal: string): boolean {
  return !principal.startsWith('arn:');
}

function described(grant: KmsGrant, keyArn: string): Json {
  const { equals, subset, sourceArn } = grant.constraints;
  const isForService = isService(grant.grantee);
  return {
    KeyId: keyArn,
    GrantId: grant.id,
    ...(grant.name === null ? {} : { Name: grant.name }),
    CreationDate: isoTime(grant.created),
    GranteePrincipal: grant.grantee,
    ...(isForService ? { GranteeServicePrincipal: grant.grantee } : {}),
    ...(grant.retiring === null ? {} : { RetiringPrincipal: grant.retiring }),
    ...(grant.retiring !== null && isService(grant.retiring)
      ? { RetiringServicePrincipal: grant.retiring }
      : {}),
    IssuingAccount: grant.issuer,
    Operations: grant.operations,
    ...(equals || subset || sourceArn
      ? {
          Constraints: {
            ...(equals ? { EncryptionContextEquals: equals } : {}),
            ...(subset ? { EncryptionContextSubset: subset } : {}),
            ...(sourceArn ? { SourceArn: sourceArn } : {}),
          },
        }
      : {}),
  };
}

const listGrants = define({
  id: 'kms:ListGrants',
  summary: 'list the grants of a key',
  input: {
    KeyId: KEY_ID,
    GrantId: GRANT_ID,
    GranteePrincipal: { type: 'string', help: 'only grants to this principal' },
    GranteeServicePrincipal: { type: 'string', help: 'only grants to this AWS service' },
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
        (input.GranteePrincipal ?? grantee) === grantee &&
        (input.GranteeServicePrincipal ?? grantee) === grantee,
    );
    return done(world, { Grants: grants.map((grant) => described(grant, found.key.arn)), Truncated: false });
  },
});

/** Source: KMS API Reference, API_ListRetirableGrants.html: the principal is of the caller's account, the keys of any. */
const listRetirableGrants = define({
  id: 'kms:ListRetirableGrants',
  summary: 'list the grants, of keys of any account, that a principal may give up',
  input: {
    RetiringPrincipal: { type: 'string', required: true, help: 'ARN of a principal of your account' },
  },
  notSimulated: ({ RetiringPrincipal: arn }, signer) =>
    signer === null || arn.split(':')[4] === signer.account
      ? null
      : 'What KMS answers about a principal of another account is not simulated here.',
  needs: (_, caller) => [
    { action: 'kms:ListRetirableGrants', resource: '*', resourceAccount: caller.account },
  ],
  effect: ({ RetiringPrincipal }, _, world) =>
    done(world, {
      Grants: Object.entries(world.accounts).flatMap(([account, { kmsGrants }]) =>
        Object.values(kmsGrants)
          .filter(({ retiring }) => retiring === RetiringPrincipal)
          .map((grant) => described(grant, keyArn(account, grant.key))),
      ),
      Truncated: false,
    }),
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
 * Grants let a principal use a key, whatever no policy allows; a Deny stops them, and so do SCPs, RCPs, boundaries and
 * session policies that do not allow. They count at once here. No service here uses a key by itself, so grants to
 * services are kept and listed, and nothing comes of them.
 * Source: KMS Developer Guide, grants.html.
 */
export const grantOperations = [createGrant, listGrants, listRetirableGrants, revokeGrant, retireGrant];
