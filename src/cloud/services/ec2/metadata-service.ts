import { REGION } from '../../arn.ts';
import { seedOf } from '../../identifiers.ts';
import { own } from '../../own.ts';
import type { Account, Instance, TemporaryCredentials, World } from '../../world.ts';

/** A request to the metadata service, at 169.254.169.254. */
export interface MetadataRequest {
  readonly method: 'GET' | 'PUT';
  /** Such as `/latest/meta-data/`. */
  readonly path: string;
  /** Header `X-aws-ec2-metadata-token`. */
  readonly token: string | null;
  /** Header `X-aws-ec2-metadata-token-ttl-seconds`, as written. */
  readonly ttl: string | null;
  /** Network hops between the asker and the service: 1 on the instance, 2 in a container on it. */
  readonly hops: number;
  /** Passed on by a proxy, which adds the header `X-Forwarded-For`. */
  readonly forwarded: boolean;
}

/** What comes back. No status: nothing came back, and the asker gives up after a while. */
export type MetadataAnswer =
  | { readonly status: 200 | 400 | 401 | 403 | 404; readonly body: string }
  | { readonly status: null };

/** Most seconds that a token of IMDSv2 lasts. */
const LONGEST_TOKEN = 21_600;

/**
 * What the metadata service of an instance answers. Pure: asking changes nothing.
 * Source: EC2 User Guide, instancedata-data-retrieval.html and configuring-instance-metadata-service.html.
 */
export function metadataAnswer(world: World, instance: Instance, request: MetadataRequest): MetadataAnswer {
  if (instance.state === 'stopped') {
    return { status: null };
  }
  if (instance.metadata.endpoint === 'disabled') {
    return { status: 403, body: '' };
  }
  return request.method === 'PUT'
    ? tokenAnswer(world, instance, request)
    : dataAnswer(world, instance, request);
}

/** The answer to a PUT travels no further than the hop limit allows; the answer to a GET does. */
function tokenAnswer(world: World, instance: Instance, request: MetadataRequest): MetadataAnswer {
  if (request.path !== '/latest/api/token') {
    return { status: 404, body: '' };
  }
  if (request.forwarded) {
    return { status: 403, body: '' };
  }
  const seconds = /^\d{1,6}$/.test(request.ttl ?? '') ? Number(request.ttl) : 0;
  if (seconds < 1 || seconds > LONGEST_TOKEN) {
    return { status: 400, body: '' };
  }
  return request.hops > instance.metadata.hopLimit
    ? { status: null }
    : { status: 200, body: tokenText(instance, world.clock + seconds * 1000) };
}

/** A token says which instance it is for and until when. Made up: it is worth something in this world only. */
function tokenText(instance: Instance, until: number): string {
  const content = `${instance.id}.${until.toString(36)}`;
  return `AQAEA${content.replace('i-', '')}.${seedOf(content).toString(36)}==`;
}

function isGood(world: World, instance: Instance, token: string): boolean {
  const until = Number.parseInt(token.split('.')[1] ?? '', 36);
  return until > world.clock && tokenText(instance, until) === token;
}

function dataAnswer(world: World, instance: Instance, request: MetadataRequest): MetadataAnswer {
  if (
    request.token === null ? instance.metadata.tokens === 'required' : !isGood(world, instance, request.token)
  ) {
    return { status: 401, body: '' };
  }
  const account = Object.values(world.accounts).find(({ instances }) => own(instances, instance.id));
  const body = account && contentAt(account, instance, request.path, request.token === null);
  return body === undefined ? { status: 404, body: '' } : { status: 200, body };
}

/** What stands at a path; undefined when nothing does. */
function contentAt(account: Account, instance: Instance, path: string, isV1: boolean): string | undefined {
  const { credentials } = instance;
  const profile = instance.association && own(account.instanceProfiles, instance.association.profile);
  const role = profile?.role ?? null;
  const parts: Record<string, string | undefined> = {
    '/': 'latest',
    '/latest': 'dynamic\nmeta-data',
    '/latest/meta-data': instance.association === null ? 'instance-id' : 'iam/\ninstance-id',
    '/latest/meta-data/instance-id': instance.id,
    '/latest/dynamic/instance-identity/document': lines({
      accountId: account.id,
      instanceId: instance.id,
      region: REGION,
    }),
  };
  if (instance.association !== null) {
    parts['/latest/meta-data/iam'] = 'info\nsecurity-credentials/';
    parts['/latest/meta-data/iam/info'] = lines(
      profile === undefined || profile === null
        ? { Code: 'InstanceProfileNotFound' }
        : { Code: 'Success', InstanceProfileArn: profile.arn, InstanceProfileId: profile.id },
    );
  }
  if (role !== null) {
    parts['/latest/meta-data/iam/security-credentials'] = role;
    parts[`/latest/meta-data/iam/security-credentials/${role}`] =
      credentials.state === 'served'
        ? credentialsText(delivered(account, credentials.key, isV1))
        : lines({ Code: credentials.reason, Message: WHY_NONE[credentials.reason] ?? '' });
  }
  const plain = path === '/' ? path : path.replace(/\/$/, '');
  return own(parts, plain);
}

const WHY_NONE: Readonly<Record<string, string>> = {
  AssumeRoleUnauthorizedAccess:
    'EC2 cannot assume the role. Its trust policy must let ec2.amazonaws.com call sts:AssumeRole.',
};

/**
 * The credentials that go to who asks: what IMDSv1 delivers is marked so, in the condition key `ec2:RoleDelivery`,
 * and is another set of credentials of the same session.
 */
function delivered(account: Account, key: string, isV1: boolean): TemporaryCredentials | undefined {
  const served = own(account.sessions, key);
  const old = Object.values(account.sessions).find(
    ({ context, issued, holder }) =>
      context['ec2:RoleDelivery'] === '1.0' &&
      issued === served?.issued &&
      holder.kind === 'assumed-role' &&
      served.holder.kind === 'assumed-role' &&
      holder.sessionName === served.holder.sessionName,
  );
  return isV1 ? (old ?? served) : served;
}

function credentialsText(credentials: TemporaryCredentials | undefined): string | undefined {
  return (
    credentials &&
    lines({
      Code: 'Success',
      LastUpdated: time(credentials.issued),
      Type: 'AWS-HMAC',
      AccessKeyId: credentials.id,
      SecretAccessKey: credentials.secret,
      Token: credentials.token,
      Expiration: time(credentials.expires),
    })
  );
}

function time(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function lines(content: Readonly<Record<string, string>>): string {
  return JSON.stringify(content, null, 2);
}
