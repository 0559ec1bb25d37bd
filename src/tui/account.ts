import type { Actor } from '../cloud/actor.ts';
import type {
  AccessKeyId,
  Account,
  Bucket,
  Group,
  HasPolicies,
  Role as IamRole,
  Instance,
  InstanceProcess,
  ManagedPolicy,
  User,
  World,
} from '../cloud/world.ts';
import { isObject } from '../iam/problem.ts';
import type { PolicyDocument } from '../iam/request.ts';
import type { Attempt } from '../shell/session.ts';
import { serviceLines } from './account-services.ts';
import { accountsInOrder, organizationLines } from './organization-tree.ts';
import { pathLines, requestPath } from './request-path.ts';
import { type Line, type Span, span, truncateMiddle } from './styled-text.ts';
import { type Branch, head, section, tree, within } from './tree.ts';

/** How far the last request got, and a blank row; nothing before the first one. */
export function attemptLines(world: World, attempt: Attempt | null, width: number): Line[] {
  return attempt === null ? [] : [...pathLines(requestPath(world, attempt), width), []];
}

/** The picture of the account: who is there, and what is attached to what. */
export function accountLines(world: World, actor: Actor, width: number): Line[] {
  const accounts = accountsInOrder(world, actor.account).map((account) =>
    accountBlock(world, account, actor, width),
  );
  const organization = organizationLines(world, actor.account, width);
  return [...organization, ...(organization.length > 0 ? [[]] : []), ...joined(accounts)];
}

/** The simulated clock as people read it: `Mon 2 Mar 2026 09:00 UTC`. */
export function clockText(clock: number): string {
  return `${new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
    .format(clock)
    .replaceAll(',', '')} UTC`;
}

function accountBlock(world: World, account: Account, actor: Actor, width: number): Line[] {
  const here = account.id === actor.account ? actor : null;
  const instances = Object.values(account.instances);
  const buckets = Object.values(account.buckets);
  const sections: Line[][] = [
    section(
      'EC2 instances',
      instances.map((each) => instanceTree(world, account, each, here, width)),
      width,
    ),
    section(
      'Roles',
      Object.values(account.roles).map((each) => roleTree(each, account)),
      width,
    ),
    section(
      'Users',
      [...rootTree(account), ...Object.values(account.users).map((each) => userTree(each, account, here))],
      width,
    ),
    section(
      'Groups',
      Object.values(account.groups).map((each) => groupTree(each, account)),
      width,
    ),
    section('Customer managed policies', managedRows(account), width),
    section('Buckets', buckets.map(bucketTree), width),
    serviceLines(account, policyBranch, width),
  ];
  const title = account.name === account.id ? '' : `${account.name} `;
  const heading: Line = [span(title, 'strong'), span(account.id, 'faint')];
  return [within(heading, width), ...sections.flat()];
}

function instanceTree(
  world: World,
  account: Account,
  instance: Instance,
  actor: Actor | null,
  width: number,
): Line[] {
  const isHere = actor?.kind === 'instance' && actor.instance === instance.id;
  const profileName = instance.association?.profile ?? null;
  const profile = profileName === null ? undefined : account.instanceProfiles[profileName];
  const branches: Branch[] = [];
  if (profileName === null) {
    branches.push([span('no instance profile, so no credentials', 'faint')]);
  } else {
    const role = profile?.role ?? null;
    branches.push([
      span('profile ', 'faint'),
      span(profileName),
      span(' ──▶ ', 'border'),
      ...(role === null ? [span('no role in it', 'warn')] : [span('role ', 'faint'), span(role, 'strong')]),
    ]);
    branches.push(servedBranch(world, account, instance));
  }
  for (const [name, process] of Object.entries(instance.processes)) {
    branches.push(processBranch(world, account, instance, name, process, actor, width));
  }
  return tree(head(instance.name, isHere && actor.process === null), branches);
}

function servedBranch(world: World, account: Account, { credentials }: Instance): Branch {
  if (credentials.state === 'none') {
    const why = {
      NoInstanceProfile: 'no profile',
      InstanceStopped: 'stopped',
      InstanceProfileNotFound: 'the profile was deleted',
      InstanceProfileWithoutRole: 'the profile holds no role',
      AssumeRoleUnauthorizedAccess: 'the role does not trust EC2',
    };
    return [span('no credentials: ', 'warn'), span(why[credentials.reason], 'warn')];
  }
  return [span('keys ', 'faint'), ...keyLife(world, account, credentials.key)];
}

function processBranch(
  world: World,
  account: Account,
  instance: Instance,
  name: string,
  process: InstanceProcess,
  actor: Actor | null,
  width: number,
): Branch {
  const isHere = actor?.kind === 'instance' && actor.instance === instance.id && actor.process === name;
  const label: Span[] = [span(isHere ? `● ${name}` : name, isHere ? 'accent' : 'plain')];
  if (process.kind === 'refreshes') return [...label, span(' asks for fresh keys each time', 'faint')];
  if (process.held === null) return [...label, span(' keeps the first keys it gets', 'faint')];
  const short = width < 52;
  return [...label, span(' kept ', 'faint'), ...keyLife(world, account, process.held, short)];
}

/** Temporary credentials and what is left of their life, as a bar and in words. */
function keyLife(world: World, account: Account, key: AccessKeyId, short = false): Span[] {
  const session = account.sessions[key];
  const name = truncateMiddle(key, 11);
  if (session === undefined) return [span(name), span(' gone', 'bad')];
  const left = session.expires - world.clock;
  if (left <= 0) return [span(name), span(' ✗ expired', 'bad')];
  const share = left / Math.max(1, session.expires - session.issued);
  const filled = Math.max(1, Math.round(share * 8));
  const bar: Span[] = short
    ? []
    : [span(' '), span('━'.repeat(filled), 'good'), span('─'.repeat(8 - filled), 'faint')];
  return [span(name), ...bar, span(` ${durationText(left)} left`, share < 0.2 ? 'warn' : 'plain')];
}

/** Milliseconds as `5 h 40 min`. */
export function durationText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function roleTree(role: IamRole, account: Account): Line[] {
  const trusted = trustedBy(role.trust);
  const trust: Branch = [
    span('trusts ', 'faint'),
    span(trusted.length === 0 ? 'nobody' : trusted.join(', ')),
  ];
  return tree(head(role.name, false), [
    trust,
    ...policyBranches(role, account),
    ...boundaryBranch(role.boundary),
  ]);
}

function groupTree(group: Group, account: Account): Line[] {
  return tree(head(group.name, false), policyBranches(group, account));
}

function userTree(user: User, account: Account, actor: Actor | null): Line[] {
  const isHere = actor?.kind === 'user' && actor.user === user.name;
  const path: Span[] = user.path === '/' ? [] : [span(`  ${user.path}`, 'faint')];
  const groups: Branch[] =
    user.groups.length === 0 ? [] : [[span('in ', 'faint'), span(user.groups.join(', '))]];
  return tree(head(user.name, isHere, path), [
    // What a member of a group may do stands there.
    ...(groups.length > 0 && !hasOwnPolicies(user) ? [] : policyBranches(user, account)),
    ...groups,
    ...boundaryBranch(user.boundary),
    ...keyBranches(account, user.name),
  ]);
}

/** The root user, once it has keys: there is nothing else to see of it, and it should have none. */
function rootTree(account: Account): Line[][] {
  const keys = keyBranches(account, null);
  return keys.length === 0 ? [] : [tree(head('root user', false), keys)];
}

/** The keys of a user; null: of the root user. */
function keyBranches(account: Account, user: string | null): Branch[] {
  return Object.values(account.accessKeys)
    .filter((key) => key.user === user)
    .map((key) => [
      span('key ', 'faint'),
      span(truncateMiddle(key.id, 11)),
      ...(key.status === 'Inactive' ? [span(' inactive', 'warn')] : []),
    ]);
}

function hasOwnPolicies({ attached, inline }: HasPolicies): boolean {
  return attached.length > 0 || Object.keys(inline).length > 0;
}

/** Policies that say yes, or a row that says there is none. */
function policyBranches(holder: HasPolicies, account: Account): Branch[] {
  const attached = holder.attached.map((arn): Branch => {
    const own = account.policies[arn];
    return [span('policy ', 'faint'), span(own?.name ?? lastPart(arn), 'code'), ...origin(own === undefined)];
  });
  const inline = Object.keys(holder.inline).map(
    (name): Branch => [span('policy ', 'faint'), span(name, 'code'), span(' inline', 'faint')],
  );
  const all = [...attached, ...inline];
  return all.length > 0 ? all : [[span('no policy', 'faint')]];
}

function origin(isAws: boolean): Span[] {
  return isAws ? [span(' by AWS', 'faint')] : [];
}

function boundaryBranch(arn: string | null): Branch[] {
  return arn === null ? [] : [[span('boundary ', 'faint'), span(`[${lastPart(arn)}]`, 'warn')]];
}

function managedRows(account: Account): Line[][] {
  return Object.values(account.policies).map((policy: ManagedPolicy) => [
    [span('   '), span(policy.name, 'code'), span(` ${policy.defaultVersion}`, 'faint')],
  ]);
}

function bucketTree(bucket: Bucket): Line[] {
  const count = Object.keys(bucket.objects).length;
  const policy: Branch =
    bucket.policy === null ? [span('no bucket policy', 'faint')] : ownPolicy('bucket policy', bucket.policy);
  return tree(head(bucket.name, false, [span(`  ${count} ${count === 1 ? 'object' : 'objects'}`, 'faint')]), [
    policy,
  ]);
}

function policyBranch(document: PolicyDocument | null): Branch {
  return document === null ? [span('no policy of its own', 'faint')] : ownPolicy('its policy', document);
}

function ownPolicy(name: string, document: PolicyDocument): Branch {
  return [span(name, 'code'), span(` ${statementCount(document)}`, 'faint')];
}

function statementCount(document: PolicyDocument): string {
  const count = asList(document.Statement).length;
  return `${count} ${count === 1 ? 'statement' : 'statements'}`;
}

/** Whom a trust policy names, as short as a picture needs it. */
function trustedBy(trust: PolicyDocument): string[] {
  return asList(trust.Statement).flatMap((statement) => {
    const principal = isObject(statement) ? statement.Principal : undefined;
    if (typeof principal === 'string') return [principal === '*' ? 'everybody' : principal];
    if (!isObject(principal)) return [];
    return Object.values(principal)
      .flatMap(asList)
      .filter((each) => typeof each === 'string')
      .map((each) => (each.startsWith('arn:') ? each.split(':').slice(4).join(':') : each));
  });
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function joined(blocks: readonly Line[][]): Line[] {
  return blocks.flatMap((block, index) => (index === 0 ? block : [[], ...block]));
}
