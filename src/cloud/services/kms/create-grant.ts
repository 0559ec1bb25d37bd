import { isDeepStrictEqual } from 'node:util';
import { accountOf, generated, put } from '../../change.ts';
import { characters, newToken } from '../../identifiers.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { servicePrincipalProblem } from '../../service-principal.ts';
import type { Account, KmsGrant, World } from '../../world.ts';
import { breaksConstraint, define, done, failed } from '../define.ts';
import { keyInUseProblem } from './cryptography.ts';
import { keyManaged, onKey } from './find-key.ts';
import { GRANT_TOKENS, grantTokenProblem } from './grant-tokens.ts';
import { KEY_ID } from './keys.ts';

/** What a grant can let somebody do with a symmetric key, as far as it is simulated. */
const OPERATIONS: readonly string[] = [
  ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['ReEncryptFrom', 'ReEncryptTo', 'DescribeKey', 'RetireGrant', 'CreateGrant'],
];

/** A user, role or session of an account that is there. */
function isPrincipal(account: Account, arn: string): boolean {
  const session = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/[^/]+$/.exec(arn)?.[1];
  return session === undefined
    ? [...Object.values(account.users), ...Object.values(account.roles)].some((each) => each.arn === arn)
    : Object.hasOwn(account.roles, session);
}

/** Whether a principal of an account that is not in this world is there cannot be known: it is taken as one. */
function principalProblem(world: World, arn: string | undefined): { readonly error: ApiError } | null {
  if (arn === undefined) {
    return null;
  }
  const id = /^arn:aws:(?:iam|sts)::(\d{12}):(?:user|role|assumed-role)\/./.exec(arn)?.[1] ?? '';
  const account = own(world.accounts, id);
  return id !== '' && (account === undefined || isPrincipal(account, arn))
    ? null
    : failed('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}

function serviceProblem(name: string | undefined): { readonly error: ApiError } | null {
  const advice = name === undefined ? null : servicePrincipalProblem(name);
  return advice === null
    ? null
    : failed('ValidationException', `${name} is not a valid service principal.`, advice);
}

/** An account as such, by its number or the ARN of its root. */
function isWholeAccount(principal: string): boolean {
  return /^(\d{12}|arn:aws:iam::\d{12}:root)$/.test(principal);
}

interface Parties {
  readonly GranteePrincipal?: string | undefined;
  readonly GranteeServicePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly RetiringServicePrincipal?: string | undefined;
  readonly Constraints?: ConstraintsGiven | undefined;
}

/** Who a grant can be for, and what one for a service must have. Source: KMS API Reference, API_CreateGrant.html. */
function partiesProblem(input: Parties): { readonly error: ApiError } | null {
  const { GranteePrincipal, GranteeServicePrincipal: service, Constraints } = input;
  const retiring = [input.RetiringPrincipal, input.RetiringServicePrincipal].filter(
    (each) => each !== undefined,
  );
  if ((GranteePrincipal === undefined) === (service === undefined)) {
    return failed(
      'ValidationException',
      'You must specify either GranteePrincipal or GranteeServicePrincipal, but not both.',
    );
  }
  if (retiring.length > 1) {
    return failed(
      'ValidationException',
      'You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.',
    );
  }
  return service !== undefined && (Constraints?.SourceArn === undefined || retiring.length === 0)
    ? failed(
        'ValidationException',
        'A grant with GranteeServicePrincipal needs a SourceArn constraint, and RetiringPrincipal or RetiringServicePrincipal.',
      )
    : null;
}

interface ConstraintsGiven {
  readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
  readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
  readonly SourceArn?: string | undefined;
}

function constraintsOf({
  EncryptionContextEquals: equals,
  EncryptionContextSubset: subset,
  SourceArn: sourceArn,
}: ConstraintsGiven = {}): KmsGrant['constraints'] {
  return {
    ...(equals ? { equals } : {}),
    ...(subset ? { subset } : {}),
    ...(sourceArn ? { sourceArn } : {}),
  };
}

/** The condition keys that a request sets. */
function namedKeys(
  keys: Readonly<Record<string, string | undefined>>,
): NonNullable<PermissionNeeded['context']> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/**
 * A grant is enough for a principal of another account too: no policy of its own has to allow the use of the key.
 * Source: KMS Developer Guide, create-grant-overview.html; Amazon EC2 Auto Scaling User Guide,
 * key-policy-requirements-EBS-encryption.html, where a role without KMS permissions uses another account's key.
 */
export const createGrant = define({
  id: 'kms:CreateGrant',
  summary: 'let a principal use a key, without any policy',
  input: {
    KeyId: KEY_ID,
    GranteePrincipal: { type: 'string', help: 'ARN of a user, role or session, of any account' },
    GranteeServicePrincipal: {
      type: 'string',
      help: 'name of an AWS service instead, with a SourceArn and who may retire it',
    },
    Operations: { type: 'strings', required: true, help: OPERATIONS.join(', ') },
    RetiringPrincipal: { type: 'string', help: 'ARN of who may give the grant up' },
    RetiringServicePrincipal: { type: 'string', help: 'name of the AWS service that may give it up' },
    Constraints: {
      type: 'nested',
      help: 'what requests must have, such as EncryptionContextSubset={team=red}, or SourceArn=…',
      of: {
        structure: {
          EncryptionContextEquals: { map: 'string' },
          EncryptionContextSubset: { map: 'string' },
          SourceArn: 'string',
        },
      },
    },
    Name: { type: 'string', help: 'a name: asking again with the same one makes no second grant' },
    GrantTokens: GRANT_TOKENS,
  },
  notSimulated({ GranteePrincipal: arn }) {
    return arn !== undefined && isWholeAccount(arn)
      ? 'Grants to a whole account are not simulated here. Name a user, a role or a session.'
      : null;
  },
  needs: (input, caller, world) => [
    {
      ...onKey(world, caller, input.KeyId, 'CreateGrant', {
        'kms:GrantOperations': input.Operations,
        // Only a service that makes a grant for a resource of its own sets it, and none does here.
        'kms:GrantIsForAWSResource': false,
        ...namedKeys({
          'kms:GranteePrincipal': input.GranteePrincipal,
          'kms:GranteeServicePrincipal': input.GranteeServicePrincipal,
          'kms:RetiringPrincipal': input.RetiringPrincipal,
          'kms:RetiringServicePrincipal': input.RetiringServicePrincipal,
          'kms:GrantConstraintSourceArn': input.Constraints?.SourceArn,
          'kms:GrantConstraintType': Object.keys(input.Constraints ?? {}).find((each) =>
            each.startsWith('Encryption'),
          ),
        }),
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
      grantTokenProblem(world, input.GrantTokens) ??
      partiesProblem(input) ??
      principalProblem(world, input.GranteePrincipal) ??
      principalProblem(world, input.RetiringPrincipal) ??
      serviceProblem(input.GranteeServicePrincipal) ??
      serviceProblem(input.RetiringServicePrincipal);
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
    const asked: Omit<KmsGrant, 'id' | 'token' | 'created'> = {
      key: key.id,
      name: input.Name ?? null,
      grantee: input.GranteePrincipal ?? input.GranteeServicePrincipal ?? '',
      retiring: input.RetiringPrincipal ?? input.RetiringServicePrincipal ?? null,
      operations: input.Operations,
      constraints: constraintsOf(input.Constraints),
      issuer: `arn:aws:iam::${caller.account}:root`,
    };
    // The same request with the same name was made before: KMS answers with that grant.
    const twin = Object.values(accountOf(world, account).kmsGrants).find(
      (each) => each.name !== null && isDeepStrictEqual({ ...each, ...asked }, each),
    );
    if (twin !== undefined) {
      return done(world, { GrantToken: twin.token, GrantId: twin.id });
    }
    const [made, next] = generated(world, (generator) => ({
      id: characters(generator, '0123456789abcdef', 64),
      token: newToken(generator),
    }));
    const grant: KmsGrant = { ...made, ...asked, created: world.clock };
    return done(put(next, account, 'kmsGrants', grant.id, grant), {
      GrantToken: grant.token,
      GrantId: grant.id,
    });
  },
});
