import { iamArn } from '../../arn.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { TrailEvent } from '../../trail.ts';
import type { Account, AccountId, TemporaryCredentials, World } from '../../world.ts';

type Members = { readonly [key: string]: Json };

/**
 * `userIdentity` of an event as one of its accounts sees it. A caller of another account is shown by its account and
 * unique id alone.
 * Source: CloudTrail User Guide, cloudtrail-event-reference-user-identity.html; of anonymous callers S3 User Guide,
 * cloudtrail-request-identification.html.
 */
export function userIdentity(world: World, event: TrailEvent, recipient: AccountId): Members {
  const [accountId = ''] = event.accounts;
  const { principal, principalId } = event;
  if (principal === null || principalId === null) {
    return { type: 'Unknown' };
  }
  if (principal === 'anonymous') {
    return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
  }
  if (principal.endsWith('.amazonaws.com')) {
    return { type: 'AWSService', invokedBy: principal };
  }
  if (accountId !== recipient) {
    return { type: 'AWSAccount', principalId, accountId };
  }
  const account = own(world.accounts, accountId);
  const session = account && own(account.sessions, event.accessKey);
  const [, , service, , , resource = ''] = principal.split(':');
  const [kind = '', ...names] = resource.split('/');
  const known = { principalId, arn: principal, accountId, accessKeyId: event.accessKey };
  switch (`${service}:${kind}`) {
    case 'iam:user':
      return {
        type: 'IAMUser',
        ...known,
        userName: names.at(-1) ?? '',
        ...(session ? { sessionContext: { attributes: attributes(session) } } : {}),
      };
    case 'iam:root':
      return { type: 'Root', ...known };
    case 'sts:assumed-role':
      return {
        type: 'AssumedRole',
        ...known,
        ...context(session, roleIssuer(account, accountId, event, names[0])),
      };
    case 'sts:federated-user':
      return {
        type: 'FederatedUser',
        ...known,
        ...context(session, userIssuer(account, accountId, session)),
      };
    case 'iam:oidc-provider':
      return {
        type: 'WebIdentityUser',
        principalId,
        userName: subjectOf(principalId),
        identityProvider: principal,
      };
    case 'iam:saml-provider':
      return {
        type: 'SAMLUser',
        principalId,
        userName: subjectOf(principalId),
        identityProvider: principal,
      };
    default:
      return { type: 'Unknown', principalId, arn: principal, accountId };
  }
}

/** The name by which events are looked up: of a user, a role's session, a federated user. */
export function userNameOf({ principal, principalId }: TrailEvent): string | null {
  const [, , , , , resource = ''] = (principal ?? '').split(':');
  if (/^(oidc|saml)-provider\//.test(resource)) {
    return subjectOf(principalId ?? '');
  }
  return resource === '' ? null : (resource.split('/').at(-1) ?? null);
}

/** Whom a provider vouched for: what follows the provider, and the audience of a token, in the unique id. */
function subjectOf(principalId: string): string {
  return (
    /^arn:aws:iam::\d+:(?:saml-provider\/[^:]+:|oidc-provider\/[^:]+:[^:]*:)(.*)$/.exec(principalId)?.[1] ??
    ''
  );
}

function context(session: TemporaryCredentials | undefined, sessionIssuer: Members): Members {
  return { sessionContext: { sessionIssuer, ...(session ? { attributes: attributes(session) } : {}) } };
}

function attributes(session: TemporaryCredentials): Members {
  return {
    creationDate: `${new Date(session.issued).toISOString().slice(0, 19)}Z`,
    mfaAuthenticated: session.mfa === null ? 'false' : 'true',
  };
}

/** The role behind a session. One that is gone by now had its unique id then. */
function roleIssuer(
  account: Account | undefined,
  accountId: AccountId,
  { principalId }: TrailEvent,
  name = '',
): Members {
  const arn = (account && own(account.roles, name)?.arn) ?? iamArn(accountId, 'role', name);
  return { type: 'Role', principalId: principalId?.split(':')[0] ?? '', arn, accountId, userName: name };
}

function userIssuer(
  account: Account | undefined,
  accountId: AccountId,
  session: TemporaryCredentials | undefined,
): Members {
  const name = session?.holder.kind === 'federated-user' ? session.holder.user : null;
  if (name === null) {
    return { type: 'Root', principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId };
  }
  const user = account && own(account.users, name);
  return {
    type: 'IAMUser',
    ...(user ? { principalId: user.id } : {}),
    arn: user?.arn ?? iamArn(accountId, 'user', name),
    accountId,
    userName: name,
  };
}
