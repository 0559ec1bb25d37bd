import type {
  ApplicablePolicies,
  AuthorizationInput,
  AuthorizationRequest,
  NamedPolicy,
  PolicyDocument,
  PolicyLevel,
} from '../../src/iam/index.ts';

/** Requests to be decided over and over, in turn. No two in a row have the same resource. */
export interface Workload {
  readonly name: string;
  readonly inputs: readonly AuthorizationInput[];
}

const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/team/joanne`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/web/i-0123456789abcdef0`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/web`;
const REQUESTS = 4096;

/** A seeded generator of numbers from 0 up to 1 (mulberry32): the same seed gives the same workload. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(random: () => number, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

function key(random: () => number): string {
  return Math.floor(random() * 2 ** 40).toString(36);
}

function policy(name: string, ...statements: readonly Record<string, unknown>[]): NamedPolicy {
  return { name, document: { Version: '2012-10-17', Statement: statements } };
}

/** One user, one policy, one statement. */
export function simple(seed = 1): Workload {
  const random = seeded(seed);
  const policies: ApplicablePolicies = {
    identity: [
      policy('site', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/public/*' }),
    ],
  };
  return {
    name: 'one user, one policy, one statement',
    inputs: requests(random, (folder) => ({
      principal: USER,
      action: 's3:GetObject',
      resource: `arn:aws:s3:::site/${folder}/${key(random)}.html`,
    })).map((request) => ({ request, policies })),
  };
}

function requests(
  random: () => number,
  make: (folder: string) => AuthorizationRequest,
): readonly AuthorizationRequest[] {
  return Array.from({ length: REQUESTS }, () => make(random() < 0.9 ? 'public' : 'private'));
}

/** The policies of the layered case: 10 identity policies of 5 statements, and every other layer but two. */
export function layeredPolicies(): ApplicablePolicies {
  return {
    identity: Array.from({ length: 10 }, (_, i) => identityPolicy(i)),
    permissionsBoundary: policy(
      'boundary',
      { Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'dynamodb:*', 'logs:*'], Resource: '*' },
      { Effect: 'Deny', Action: 's3:PutBucketPolicy', Resource: '*' },
    ),
    session: [
      policy('session', {
        Effect: 'Allow',
        Action: ['s3:Get*', 's3:List*'],
        Resource: 'arn:aws:s3:::data-*',
      }),
    ],
    resource: bucketPolicy(),
    serviceControl: ['r-root', 'ou-apps', ACCOUNT].map(serviceControlLevel),
  };
}

function identityPolicy(i: number): NamedPolicy {
  return policy(
    `policy-${i}`,
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*'],
      Resource: [`arn:aws:s3:::data-${i}/team/*/reports/*`, `arn:aws:s3:::data-${i}`],
      Condition: { StringLike: { 'aws:PrincipalTag/team': ['web-*', 'api-*'] } },
    },
    {
      Sid: 'Write',
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::data-${i}/\${aws:PrincipalTag/team}/*`,
      Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    },
    {
      Sid: 'Queue',
      Effect: 'Allow',
      Action: 'sqs:*Message*',
      Resource: `arn:aws:sqs:*:${ACCOUNT}:queue-${i}-*`,
      Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } },
    },
    {
      Sid: 'Table',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: `arn:aws:dynamodb:*:${ACCOUNT}:table/app-${i}*`,
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
    },
    {
      Sid: 'NoSecrets',
      Effect: 'Deny',
      Action: 's3:*',
      Resource: `arn:aws:s3:::*/secret-${i}/*`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );
}

function bucketPolicy(): NamedPolicy {
  const statements = Array.from({ length: 9 }, (_, i) => ({
    Sid: `Account${i}`,
    Effect: 'Allow',
    Principal: { AWS: [`arn:aws:iam::44445555666${i}:root`, `arn:aws:iam::44445555666${i}:role/reader`] },
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `arn:aws:s3:::data-*/shared-${i}/*`,
  }));
  const tls = {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::data-*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return policy('bucket', ...statements, tls);
}

function serviceControlLevel(target: string): PolicyLevel {
  return {
    target,
    policies: [
      policy('FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' }),
      policy(
        'regions',
        {
          Effect: 'Deny',
          NotAction: ['iam:*', 'sts:*', 's3:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
        },
        {
          Effect: 'Deny',
          Action: ['organizations:LeaveOrganization', 's3:PutAccountPublicAccessBlock'],
          Resource: '*',
        },
      ),
    ],
  };
}

/** A role session before every layer: about nine in ten are allowed. */
export function layered(seed = 2, policies = layeredPolicies()): Workload {
  const random = seeded(seed);
  return {
    name: 'a role session with all layers',
    inputs: requests(random, (folder) => layeredRequest(random, folder)).map((request) => ({
      request,
      policies,
    })),
  };
}

function layeredRequest(random: () => number, folder: string): AuthorizationRequest {
  const team = folder === 'public' ? 'team' : 'private';
  return {
    principal: SESSION,
    sessionIssuer: ROLE,
    action: pick(random, ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion']),
    resource: `arn:aws:s3:::data-${Math.floor(random() * 10)}/${team}/${key(random)}/reports/${key(random)}.csv`,
    resourceAccount: ACCOUNT,
    context: {
      'aws:PrincipalTag/team': 'web-shop',
      'aws:SourceIp': '10.1.2.3',
      'aws:SecureTransport': true,
      'aws:RequestedRegion': 'eu-west-1',
    },
  };
}

/** The layered case with documents that no engine has seen, one set for each request. */
export function cold(count: number, seed = 3): Workload {
  const random = seeded(seed);
  const inputs = Array.from({ length: count }, () => ({
    request: layeredRequest(random, 'public'),
    policies: structuredClone(layeredPolicies()),
  }));
  return { name: 'documents never seen before', inputs };
}

/** Identity policies with `count` statements over `services` services, ten statements a policy. */
export function many(count: number, services: number, conditions: boolean, seed = 4): Workload {
  const random = seeded(seed);
  const statements = Array.from({ length: count }, (_, i) => ({
    Effect: i % 10 === 9 ? 'Deny' : 'Allow',
    Action: [`svc${i % services}:Get*`, `svc${i % services}:List*`],
    Resource: `arn:aws:svc${i % services}:*:${ACCOUNT}:thing/group-${i}/*`,
    ...(conditions ? { Condition: { StringEquals: { 'aws:PrincipalTag/team': ['web', `team-${i}`] } } } : {}),
  }));
  const identity: NamedPolicy[] = [];
  for (let i = 0; i < count; i += 10)
    identity.push(policy(`policy-${i / 10}`, ...statements.slice(i, i + 10)));
  const policies = { identity };
  const inputs = requests(random, () => {
    const i = Math.floor(random() * count);
    return {
      principal: USER,
      action: `svc${i % services}:GetThing`,
      resource: `arn:aws:svc${i % services}:eu-west-1:${ACCOUNT}:thing/group-${i}/${key(random)}`,
      context: { 'aws:PrincipalTag/team': 'web' },
    };
  }).map((request) => ({ request, policies }));
  return { name: `${count} statements over ${services} service${services === 1 ? '' : 's'}`, inputs };
}

/** A pattern made to be slow, against a key of 2,000 characters that does not match it. */
export function hostile(wildcard: '*' | '?'): Workload {
  const pattern = wildcard === '*' ? `${'a*'.repeat(50)}b` : `*${'?'.repeat(50)}b`;
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket/${pattern}` },
  };
  const request = {
    principal: USER,
    action: 's3:GetObject',
    resource: `arn:aws:s3:::bucket/${'a'.repeat(2000)}`,
  };
  return {
    name: `a pattern of 50 ${wildcard === '*' ? 'stars' : 'question marks'}`,
    inputs: [{ request, policies: { identity: [{ name: 'hostile', document }] } }],
  };
}
