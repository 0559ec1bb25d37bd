import { isAccountId, parseArn } from './arn.ts';
import { isObject, kindOf, type Problem } from './problem.ts';

/** What kind of principal calls. A `role` is a role's own ARN, for when no session is named. */
export type CallerKind =
  | 'user'
  | 'role'
  | 'role-session'
  | 'federated-user'
  | 'root'
  | 'service'
  | 'federated'
  | 'anonymous';

/** Who calls, taken apart once. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export interface Caller {
  readonly kind: CallerKind;
  /** As AWS prints it in an error: the ARN, the service's name, the provider, or `anonymous`. */
  readonly label: string;
  /** The caller's own ARN; null for services, federated identities and anonymous callers. */
  readonly arn: string | null;
  /** Twelve digits; null when the caller belongs to no account. */
  readonly account: string | null;
  /** The role behind a session, or the user (or root user) behind a federated user; null when there is none or it is unknown. */
  readonly issuer: string | null;
  /** Set for users only: `aws:username`. */
  readonly userName: string | null;
  /** The unique id, such as `AIDA…` or `AROA…:session`; null when not given. */
  readonly principalId: string | null;
}

/** Reads `request.principal` with what belongs to it; a problem when AWS has no such principal. */
export function readCaller(
  principal: unknown,
  sessionIssuer: unknown,
  principalId: unknown,
): Caller | Problem {
  if (sessionIssuer !== undefined && typeof sessionIssuer !== 'string') {
    return {
      path: ['sessionIssuer'],
      message: `The session's issuer must be an ARN, not ${kindOf(sessionIssuer)}.`,
    };
  }
  if (principalId !== undefined && typeof principalId !== 'string') {
    return {
      path: ['principalId'],
      message: `The principal's id must be a string, not ${kindOf(principalId)}.`,
    };
  }
  const id = principalId ?? null;
  if (principal === 'anonymous') return outside('anonymous', 'anonymous', id);
  if (typeof principal === 'string') return remembered(principal, sessionIssuer ?? null, id);
  if (isObject(principal)) {
    const keys = Object.keys(principal);
    const { service, federated } = principal;
    if (keys.length === 1 && typeof service === 'string' && service !== '')
      return outside('service', service, id);
    if (keys.length === 1 && typeof federated === 'string' && federated !== '') {
      return outside('federated', federated, id);
    }
  }
  return { path: ['principal'], message: PRINCIPAL_FORMS };
}

const PRINCIPAL_FORMS =
  'The principal must be an ARN of a user, role, role session, federated user or root user, {"service": "…"}, {"federated": "…"}, or "anonymous".';

function outside(kind: CallerKind, label: string, principalId: string | null): Caller {
  return { kind, label, arn: null, account: null, issuer: null, userName: null, principalId };
}

/** A caller that was read before, with what it was read from besides its ARN. */
interface Remembered {
  readonly issuer: string | null;
  readonly id: string | null;
  readonly caller: Caller | Problem;
}

/** Callers by their ARN, the last few of each: the same few call again and again. */
const seen = new Map<string, readonly Remembered[]>();
const ARNS_REMEMBERED = 1000;
const CALLERS_REMEMBERED = 4;

function remembered(arn: string, issuer: string | null, id: string | null): Caller | Problem {
  const known = seen.get(arn) ?? [];
  for (const one of known) if (one.issuer === issuer && one.id === id) return one.caller;
  const caller = readArn(arn, issuer, id);
  if (seen.size >= ARNS_REMEMBERED) seen.clear();
  seen.set(arn, [{ issuer, id, caller }, ...known.slice(0, CALLERS_REMEMBERED - 1)]);
  return caller;
}

function readArn(text: string, sessionIssuer: string | null, principalId: string | null): Caller | Problem {
  const arn = parseArn(text);
  const bad: Problem = {
    path: ['principal'],
    message: `${JSON.stringify(text)} is no principal. ${PRINCIPAL_FORMS}`,
  };
  if (arn === null || !isAccountId(arn.account)) return bad;
  const { account, partition, resource } = arn;
  const base = { label: text, arn: text, account, issuer: null, userName: null, principalId };
  if (arn.service === 'iam') {
    if (resource === 'root') return { ...base, kind: 'root' };
    const name = resource.slice(resource.lastIndexOf('/') + 1);
    if (name === '') return bad;
    if (resource.startsWith('user/')) return { ...base, kind: 'user', userName: name };
    if (resource.startsWith('role/')) return { ...base, kind: 'role', issuer: text };
    return bad;
  }
  if (arn.service !== 'sts') return bad;
  const federated = /^federated-user\/(.+)$/.exec(resource);
  if (federated !== null) {
    const issuer = federatedIssuer(sessionIssuer, account);
    return typeof issuer === 'object' && issuer !== null
      ? issuer
      : { ...base, kind: 'federated-user', issuer };
  }
  const session = /^assumed-role\/([^/]+)\/([^/]+)$/.exec(resource);
  if (session === null) return bad;
  const role = session[1] ?? '';
  const issuer = sessionIssuer ?? `arn:${partition}:iam::${account}:role/${role}`;
  const of = parseArn(issuer);
  if (of === null || of.service !== 'iam' || of.account !== account || !isRoleNamed(of.resource, role)) {
    return {
      path: ['sessionIssuer'],
      message: `The issuer of this session must be the ARN of the role ${role} in account ${account}, not ${JSON.stringify(issuer)}.`,
    };
  }
  return { ...base, kind: 'role-session', issuer };
}

function isRoleNamed(resource: string, name: string): boolean {
  return resource === `role/${name}` || (resource.startsWith('role/') && resource.endsWith(`/${name}`));
}

function federatedIssuer(issuer: string | null, account: string): string | Problem | null {
  if (issuer === null) return null;
  const arn = parseArn(issuer);
  if (arn?.service === 'iam' && arn.account === account && /^(user\/.+|root)$/.test(arn.resource))
    return issuer;
  return {
    path: ['sessionIssuer'],
    message: `The issuer of a federated user must be the ARN of a user, or the root user, in account ${account}, not ${JSON.stringify(issuer)}.`,
  };
}

/** The value of `aws:PrincipalArn`: for a session the ARN of its role; null for callers without an ARN. */
export function principalArn(caller: Caller): string | null {
  return caller.kind === 'role-session' ? caller.issuer : caller.arn;
}
