import { z } from 'zod';
import type { UnitSpec } from '../cloud/world-spec.ts';
import { content, name, short, strict, url } from './schema-parts.ts';

const document = z.union([z.record(z.string(), z.unknown()), z.string().max(50_000)]);
const tags = z.record(z.string().max(128), z.string().max(256));
const policies = z.array(z.string()).max(50);
const inline = z.record(name, document);
const path = z.string().regex(/^\/([!-~]+\/)?$/, 'A path begins and ends with a slash, such as /team/.');

/** An id that an author may choose; one is made up otherwise. */
const chosen = (form: RegExp, example: string) =>
  z.exactOptional(z.string().regex(form, `Such as ${example}.`));
const uuid = chosen(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '01234567-89ab-4cde-8f01-23456789abcd');

const group = {
  policies: z.exactOptional(policies),
  inline: z.exactOptional(inline),
  path: z.exactOptional(path),
};
const user = strict({
  ...group,
  groups: z.exactOptional(z.array(name).max(50)),
  boundary: z.exactOptional(z.string()),
  accessKeys: z.exactOptional(
    z.union(
      [
        z.literal(0),
        z.literal(1),
        z.literal(2),
        z.array(z.string().regex(/^AKIA[A-Z2-7]{16}$/, 'AKIA and 16 of A to Z and 2 to 7.')).max(2),
      ],
      'One of 0, 1, 2, or a list of ids, such as [AKIA234567ABCDEFGHIJ].',
    ),
  ),
  loginProfile: z.exactOptional(z.boolean()),
  mfa: z.exactOptional(z.boolean()),
  tags: z.exactOptional(tags),
});
const role = strict({
  ...group,
  trust: document,
  boundary: z.exactOptional(z.string()),
  description: z.exactOptional(z.string().max(1000)),
  maxSessionDuration: z.exactOptional(z.int().min(3600).max(43_200)),
  tags: z.exactOptional(tags),
});
const policy = strict({
  document,
  path: z.exactOptional(path),
  description: z.exactOptional(z.string().max(1000)),
});
const instance = strict({
  id: z.exactOptional(z.string().regex(/^i-[0-9a-f]{8,17}$/, 'Such as i-0a1b2c3d4e5f60001.')),
  profile: z.exactOptional(name),
  metadata: z.exactOptional(
    strict({
      tokens: z.exactOptional(z.enum(['optional', 'required'], 'Either optional or required.')),
      hopLimit: z.exactOptional(z.int().min(1, 'From 1 to 64.').max(64, 'From 1 to 64.')),
      endpoint: z.exactOptional(z.enum(['enabled', 'disabled'], 'Either enabled or disabled.')),
    }),
  ),
  processes: z.exactOptional(z.record(name, z.enum(['refreshes', 'copies'], 'Either refreshes or copies.'))),
  subnet: z.exactOptional(name),
  tags: z.exactOptional(tags),
});
const vpc = strict({
  id: z.exactOptional(z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'Such as vpc-0a1b2c3d4e5f60001.')),
  subnets: z.exactOptional(z.array(name).max(50)),
  endpoints: z.exactOptional(
    z.record(
      name,
      strict({
        id: z.exactOptional(z.string().regex(/^vpce-[0-9a-f]{8,17}$/, 'Such as vpce-0a1b2c3d4e5f60001.')),
        policy: z.exactOptional(document),
        tags: z.exactOptional(tags),
      }),
    ),
  ),
  tags: z.exactOptional(tags),
});
const kmsKey = strict({
  id: z.exactOptional(z.string().max(36)),
  policy: z.exactOptional(document),
  description: z.exactOptional(z.string().max(8_192)),
  state: z.exactOptional(z.enum(['Enabled', 'Disabled'], 'Either Enabled or Disabled.')),
  tags: z.exactOptional(tags),
});
const queue = strict({ policy: z.exactOptional(document), tags: z.exactOptional(tags) });
const topic = strict({
  policy: z.exactOptional(document),
  queues: z.exactOptional(z.array(name).max(50)),
  tags: z.exactOptional(tags),
});
const secret = strict({
  text: content,
  policy: z.exactOptional(document),
  kmsKey: z.exactOptional(name),
  tags: z.exactOptional(tags),
});
const lambdaFunction = strict({
  role: name,
  code: z.exactOptional(content),
  description: z.exactOptional(z.string().max(256)),
  policy: z.exactOptional(document),
  tags: z.exactOptional(tags),
});
const bucket = strict({
  policy: z.exactOptional(document),
  objects: z.exactOptional(z.record(z.string().min(1).max(1024), content)),
  objectTags: z.exactOptional(z.record(z.string().min(1).max(1024), tags)),
  blockPublicAccess: z.exactOptional(z.boolean()),
  kmsKey: z.exactOptional(name),
  tags: z.exactOptional(tags),
});
const trail = strict({ bucket: name, dataEvents: z.exactOptional(z.array(name).max(50)) });
const amount = z.exactOptional(z.number('How much in a month.').min(0));
/** How much an account uses in a month. */
const usage = strict({
  's3-storage-gb': amount,
  'data-transfer-gb': amount,
  'ec2-hours': amount,
  'lambda-gb-seconds': amount,
});
/** What a program outside AWS can show; which one of these is said when the world is built. */
const workload = strict({
  github: z.exactOptional(
    strict({
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'Such as octo/shop.'),
      ref: z.exactOptional(short),
      environment: z.exactOptional(short),
    }),
  ),
  pod: z.exactOptional(strict({ cluster: name, namespace: name, serviceAccount: name })),
  oidc: z.exactOptional(
    strict({
      issuer: url,
      subject: short,
      audience: short,
      claims: z.exactOptional(z.record(short, z.union([z.string(), z.number(), z.boolean()]))),
      lifetime: z.exactOptional(z.int('Whole seconds.').min(1).max(86_400)),
    }),
  ),
  saml: z.exactOptional(
    strict({
      issuer: short,
      subject: short,
      sessionName: z.exactOptional(name),
      tags: z.exactOptional(tags),
    }),
  ),
  certificate: z.exactOptional(strict({ issuer: short, subject: z.record(short, short) })),
});
const codeHost = strict({
  attacker: z.exactOptional(
    strict({
      after: z.exactOptional(z.int('Whole seconds.').min(0).max(31_536_000)),
      does: z.exactOptional(
        z
          .array(
            strict({
              operation: z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/, 'Such as iam:CreateUser.'),
              input: z.exactOptional(z.record(z.string(), z.unknown())),
            }),
          )
          .max(50),
      ),
    }),
  ),
  quarantine: z.exactOptional(z.union([z.int('Whole seconds.').min(0).max(31_536_000), z.null()])),
  exposed: z.exactOptional(z.record(name, short)),
});

const account = strict({
  name: short,
  usage: z.exactOptional(usage),
  alias: z.exactOptional(
    z.string().regex(/^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/, 'Small letters, digits and hyphens.'),
  ),
  users: z.exactOptional(z.record(name, user)),
  groups: z.exactOptional(z.record(name, strict(group))),
  roles: z.exactOptional(z.record(name, role)),
  policies: z.exactOptional(z.record(name, policy)),
  instanceProfiles: z.exactOptional(z.record(name, z.union([name, z.null()]))),
  oidcProviders: z.exactOptional(z.record(url, z.array(short).max(100))),
  samlProviders: z.exactOptional(z.record(name, short)),
  clusters: z.exactOptional(z.array(name).max(100)),
  workloads: z.exactOptional(z.record(name, workload)),
  trustAnchors: z.exactOptional(
    z.record(short, strict({ id: z.exactOptional(z.string().max(36)), authority: short })),
  ),
  anywhereProfiles: z.exactOptional(
    z.record(
      short,
      strict({ id: z.exactOptional(z.string().max(36)), roles: z.array(name).min(1).max(250) }),
    ),
  ),
  vpcs: z.exactOptional(z.record(name, vpc)),
  instances: z.exactOptional(z.record(name, instance)),
  kmsKeys: z.exactOptional(z.record(z.string().min(1).max(250), kmsKey)),
  queues: z.exactOptional(z.record(name, queue)),
  topics: z.exactOptional(z.record(name, topic)),
  secrets: z.exactOptional(z.record(z.string().min(1).max(512), secret)),
  functions: z.exactOptional(z.record(name, lambdaFunction)),
  buckets: z.exactOptional(z.record(name, bucket)),
  trails: z.exactOptional(z.record(name, trail)),
});
const accountId = z.string().regex(/^\d{12}$/, 'An account id is twelve digits, in quotes.');

const members = z.exactOptional(z.array(accountId).max(200));
const unit: z.ZodType<UnitSpec> = z.lazy(() =>
  strict({
    id: chosen(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'ou-0123-01234567, with the digits of the root'),
    accounts: members,
    ous: z.exactOptional(z.record(short, unit)),
  }),
);
const controlPolicy = strict({
  id: chosen(/^p-[0-9a-z]{8,32}$/, 'p-01234567'),
  document,
  description: z.exactOptional(z.string().max(512)),
  attach: z.exactOptional(z.array(short).max(200)),
});
const organization = strict({
  management: accountId,
  id: chosen(/^o-[0-9a-z]{10,32}$/, 'o-0123456789'),
  root: chosen(/^r-[0-9a-z]{4,32}$/, 'r-0123'),
  features: z.exactOptional(z.enum(['all', 'consolidated-billing'], 'Either all or consolidated-billing.')),
  accounts: members,
  ous: z.exactOptional(z.record(short, unit)),
  scps: z.exactOptional(z.record(name, controlPolicy)),
  rcps: z.exactOptional(z.record(name, controlPolicy)),
  enabled: z.exactOptional(z.array(z.enum(['scps', 'rcps'], 'Either scps or rcps.')).max(2)),
  withoutFullAWSAccess: z.exactOptional(z.array(short).max(200)),
});

const permissionSet = strict({
  id: chosen(/^ps-[0-9a-f]{16}$/, 'ps-0123456789abcdef'),
  description: z.exactOptional(z.string().max(700)),
  policies: z.exactOptional(policies),
  customerPolicies: z.exactOptional(policies),
  inline: z.exactOptional(document),
  boundary: z.exactOptional(z.string()),
  sessionDuration: z.exactOptional(z.string().regex(/^PT/, 'PT1H to PT12H.')),
});
const assignment = strict({
  account: accountId,
  permissionSet: name,
  user: z.exactOptional(name),
  group: z.exactOptional(name),
});
const identityCenter = strict({
  account: z.exactOptional(accountId),
  id: chosen(/^ssoins-[0-9a-f]{16}$/, 'ssoins-0123456789abcdef'),
  store: chosen(/^d-[0-9a-f]{10}$/, 'd-0123456789'),
  groups: z.exactOptional(
    z.record(name, strict({ id: uuid, description: z.exactOptional(z.string().max(700)) })),
  ),
  users: z.exactOptional(
    z.record(
      name,
      strict({
        id: uuid,
        displayName: z.exactOptional(short),
        groups: z.exactOptional(z.array(name).max(50)),
      }),
    ),
  ),
  permissionSets: z.exactOptional(z.record(name, permissionSet)),
  assignments: z.exactOptional(z.array(assignment).max(500)),
});
/** The world of a scenario, as its author writes it. */
export const worldSchema = strict({
  clock: z.iso.datetime('A time such as 2026-03-02T09:00:00Z.'),
  elapsed: z.exactOptional(z.int('Whole seconds.').min(1, 'At least one second.').max(31_536_000)),
  seed: z.exactOptional(short),
  accounts: z.record(accountId, account),
  organization: z.exactOptional(organization),
  propagation: z.exactOptional(z.int('Whole milliseconds.').min(0).max(3_600_000)),
  codeHost: z.exactOptional(codeHost),
  identityCenter: z.exactOptional(identityCenter),
});
