import { createHash } from 'node:crypto';
import type { ContextValue, NamedPolicy, PolicyDocument, Principal } from '../../../iam/index.ts';
import { authorize, isRefusal, wildcardMatch } from '../../../iam/index.ts';
import { joined } from '../../authorization.ts';
import { resourceSide } from '../../resource-side.ts';
import type { AccountId, World } from '../../world.ts';
import { principalControl } from '../organizations/control.ts';
import { type GuardedResource, TYPICAL_ACTIONS } from './policies-of.ts';
import { conditionKeys, satisfyingContext } from './satisfying-context.ts';

/** Access that a policy gives to somebody outside a zone of trust. */
export interface ExternalAccess {
  readonly id: string;
  readonly resource: GuardedResource;
  /** As the policy has it: `{ AWS: '444455556666' }`. */
  readonly principal: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
  readonly condition: Readonly<Record<string, string>>;
  readonly isPublic: boolean;
}

/** Somebody outside, as the engine takes callers. */
interface Stranger {
  readonly principal: Principal;
  readonly sessionIssuer?: string;
  /** Null: of no account. */
  readonly account: AccountId | null;
  /** The organization they are of, when it is not one of this world. */
  readonly organization?: string;
}

/** An account that nobody has, for whoever `*` lets in. */
const NOBODYS = '000000000000';

/**
 * Who outside a zone of trust gets at a resource. Each Allow names candidates; the engine decides whether the access
 * is really there, with every Deny, RCP and Block Public Access, for a caller whose own account allows everything.
 * Source: IAM User Guide, what-is-access-analyzer.html, access-analyzer-resources.html. AWS services are no strangers.
 */
export function externalAccess(
  world: World,
  resource: GuardedResource,
  zone: ReadonlySet<AccountId>,
): readonly ExternalAccess[] {
  const found = new Map<string, ExternalAccess>();
  for (const statement of statementsOf(resource.policy)) {
    const context = satisfyingContext(statement.Condition);
    const condition = conditionKeys(statement.Condition);
    for (const principal of principalsOf(statement)) {
      const actions = strangersFor(world, principal, statement.Condition, zone).flatMap((stranger) =>
        grantedTo(world, resource, statement, stranger, context),
      );
      if (actions.length > 0) {
        const id = idOf(resource.arn, principal, condition);
        const known = found.get(id);
        found.set(id, {
          id,
          resource,
          principal,
          actions: [...new Set([...(known?.actions ?? []), ...actions])],
          condition,
          isPublic: principal.AWS === '*' && grantedTo(world, resource, statement, ANYBODY, {}).length > 0,
        });
      }
    }
  }
  return [...found.values()];
}

const ANYBODY: Stranger = { principal: 'anonymous', account: null };

function statementsOf({ Statement }: PolicyDocument): readonly PolicyDocument[] {
  return [Statement].flat().filter(isAllow);
}

function isAllow(statement: unknown): statement is PolicyDocument {
  return (
    typeof statement === 'object' &&
    statement !== null &&
    'Effect' in statement &&
    statement.Effect === 'Allow'
  );
}

/** Those a statement names, one by one; services are left out. */
function principalsOf({ Principal: principal }: PolicyDocument): readonly Readonly<Record<string, string>>[] {
  if (principal === '*') {
    return [{ AWS: '*' }];
  }
  if (typeof principal !== 'object' || principal === null) {
    return [];
  }
  return Object.entries(principal).flatMap(([type, names]: [string, unknown]) =>
    type === 'AWS' || type === 'Federated' ? [names].flat().map((name) => ({ [type]: String(name) })) : [],
  );
}

/**
 * Those outside the zone whom a principal element means: for `*` also those whom the condition names, by their
 * account, their ARN or their organization.
 */
function strangersFor(
  world: World,
  principal: Readonly<Record<string, string>>,
  condition: unknown,
  zone: ReadonlySet<AccountId>,
): readonly Stranger[] {
  const first = strangerFor(principal, zone);
  if (first === null || principal.AWS !== '*') {
    return first === null ? [] : [first];
  }
  const text = JSON.stringify(condition ?? {});
  const named = [...text.matchAll(/arn:aws:iam::\d{12}:(?:user|role)\/[\w+=,.@/-]+|\b\d{12}\b/g)];
  const organizations = [...text.matchAll(/\bo-[a-z0-9]{10,32}\b/g)].filter(
    ([id]) => id !== world.organization?.id,
  );
  return [
    first,
    ...named.flatMap(([name]) => strangerFor({ AWS: name }, zone) ?? []),
    ...organizations.map(([organization]) => ({ ...first, organization })),
  ];
}

/** Somebody whom a principal element means, outside the zone; null when it means nobody there. */
function strangerFor(
  { AWS: aws, Federated: federated }: Readonly<Record<string, string>>,
  zone: ReadonlySet<AccountId>,
): Stranger | null {
  if (federated !== undefined) {
    return { principal: { federated }, account: null };
  }
  if (aws === '*') {
    return { principal: userOf(NOBODYS), account: NOBODYS };
  }
  const account = /^(\d{12})$|^arn:aws:(?:iam|sts)::(\d{12}):/
    .exec(aws ?? '')
    ?.slice(1)
    .find(Boolean);
  if (aws === undefined || account === undefined || zone.has(account)) {
    return null;
  }
  const role = /:role\/(?:.*\/)?([^/]+)$/.exec(aws)?.[1];
  if (role !== undefined) {
    return { principal: `arn:aws:sts::${account}:assumed-role/${role}/anybody`, sessionIssuer: aws, account };
  }
  return { principal: /:(user|assumed-role|federated-user)\//.test(aws) ? aws : userOf(account), account };
}

function userOf(account: AccountId): string {
  return `arn:aws:iam::${account}:user/anybody`;
}

/** The actions of a statement that a stranger can really do, as the statement writes them. */
function grantedTo(
  world: World,
  resource: GuardedResource,
  statement: PolicyDocument,
  stranger: Stranger,
  context: Readonly<Record<string, ContextValue>>,
): readonly string[] {
  const patterns = resource.type === 'AWS::IAM::Role' ? [resource.arn] : texts(statement.Resource);
  const targets = patterns.flatMap((pattern) => targetsOf(resource, pattern));
  const written = statement.Action === undefined ? ['*'] : texts(statement.Action);
  return written.filter((action) =>
    actionsOf(resource, action).some((each) =>
      targets.some((target) => isGranted(world, resource, each, target, stranger, context)),
    ),
  );
}

/** Concrete actions for one that may be a pattern. */
function actionsOf({ type }: GuardedResource, action: string): readonly string[] {
  return /[*?]/.test(action)
    ? (TYPICAL_ACTIONS[type] ?? []).filter((each) => wildcardMatch(action.toLowerCase(), each.toLowerCase()))
    : [action];
}

/** Concrete resources for one that may be a pattern: of a bucket, itself or an object in it. */
function targetsOf({ type, arn }: GuardedResource, pattern: string): readonly string[] {
  if (pattern !== '*') {
    return [pattern.replaceAll(/[*?]/g, 'x')];
  }
  return type === 'AWS::S3::Bucket' ? [arn, `${arn}/x`] : [arn];
}

const EVERYTHING: NamedPolicy = {
  name: 'everything',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

function isGranted(
  world: World,
  { owner }: GuardedResource,
  action: string,
  resource: string,
  { principal, sessionIssuer, account, organization = 'o-none' }: Stranger,
  context: Readonly<Record<string, ContextValue>>,
): boolean {
  const needed = { action, resource, resourceAccount: owner };
  const ours = account === null ? {} : principalControl(world, account).context;
  const caller = {
    request: { principal, ...(sessionIssuer ? { sessionIssuer } : {}) },
    context: {
      ...(account === null ? {} : { 'aws:PrincipalOrgID': organization, 'kms:CallerAccount': account }),
      ...ours,
    },
    policies: account === null ? {} : { identity: [EVERYTHING] },
    facts: {},
  };
  const decision = authorize(joined(caller, resourceSide(world, needed), { ...needed, context }));
  return !isRefusal(decision) && decision.decision === 'allowed';
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === 'string');
}

function idOf(...parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
}
