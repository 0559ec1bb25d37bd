import { z } from 'zod';
import type { UnitSpec } from '../cloud/world-spec.ts';
import { nearest } from '../iam/spelling.ts';

/**
 * What authors write: the front matter of a lesson, and a scenario. Strict, so that a misspelt field is an
 * error with the nearest name. The published JSON Schemas come from here as well.
 */

/** Most characters in a file. */
export const LARGEST_FILE = 1_000_000;

function strict<const S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const known = Object.keys(shape);
      const near = issue.keys.flatMap((key) => nearest(key, known) ?? []);
      const choice =
        near.length > 0 ? `Did you mean \`${near.join('`, `')}\`?` : `Known: ${known.join(', ')}.`;
      return `${issue.keys.map((key) => `\`${key}\``).join(', ')} is not a field here.\n${choice}`;
    },
  });
}

const prose = z.string().min(1, 'There is no text here.').max(4_000, 'Too long: 4,000 characters at most.');
const short = z.string().min(1, 'There is no text here.').max(200, 'Too long: 200 characters at most.');
const line = z
  .string()
  .min(1, 'There is no command here.')
  .max(20_000, 'Too long: 20,000 characters at most.');
const content = z.string().max(100_000, 'Too long: 100,000 characters at most.');
const id = z
  .string()
  // `constructor` is the one id that every JavaScript object knows already.
  .regex(
    /^(?!constructor$)[a-z0-9][a-z0-9-]{0,63}$/,
    'An id is made of small letters, digits and hyphens, 64 at most.',
  );
const format = z.literal(1, 'Only format 1 is known: write `format: 1`.');
const minutes = z.int('A whole number of minutes.').min(1).max(240);
const url = z.string().regex(/^https:\/\/\S+$/, 'An address starts with https://');

/** Names a policy, user, role… as a key of the world. */
const name = z.string().min(1).max(128);
const document = z.union([z.record(z.string(), z.unknown()), z.string().max(50_000)]);
const tags = z.record(z.string().max(128), z.string().max(256));
const policies = z.array(z.string()).max(50);
const inline = z.record(name, document);
const path = z.string().regex(/^\/([!-~]+\/)?$/, 'A path begins and ends with a slash, such as /team/.');

const group = {
  policies: z.exactOptional(policies),
  inline: z.exactOptional(inline),
  path: z.exactOptional(path),
};
const user = strict({
  ...group,
  groups: z.exactOptional(z.array(name).max(50)),
  boundary: z.exactOptional(z.string()),
  accessKeys: z.exactOptional(z.union([z.literal(0), z.literal(1), z.literal(2)], 'One of 0, 1, 2.')),
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
  strict({ accounts: members, ous: z.exactOptional(z.record(short, unit)) }),
);
const controlPolicy = strict({
  document,
  description: z.exactOptional(z.string().max(512)),
  attach: z.exactOptional(z.array(short).max(200)),
});
const organization = strict({
  management: accountId,
  features: z.exactOptional(z.enum(['all', 'consolidated-billing'], 'Either all or consolidated-billing.')),
  accounts: members,
  ous: z.exactOptional(z.record(short, unit)),
  scps: z.exactOptional(z.record(name, controlPolicy)),
  rcps: z.exactOptional(z.record(name, controlPolicy)),
  enabled: z.exactOptional(z.array(z.enum(['scps', 'rcps'], 'Either scps or rcps.')).max(2)),
  withoutFullAWSAccess: z.exactOptional(z.array(short).max(200)),
});

const permissionSet = strict({
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
  groups: z.exactOptional(z.record(name, strict({ description: z.exactOptional(z.string().max(700)) }))),
  users: z.exactOptional(
    z.record(
      name,
      strict({ displayName: z.exactOptional(short), groups: z.exactOptional(z.array(name).max(50)) }),
    ),
  ),
  permissionSets: z.exactOptional(z.record(name, permissionSet)),
  assignments: z.exactOptional(z.array(assignment).max(500)),
});
const world = strict({
  clock: z.iso.datetime('A time such as 2026-03-02T09:00:00Z.'),
  seed: z.exactOptional(short),
  accounts: z.record(accountId, account),
  organization: z.exactOptional(organization),
  propagation: z.exactOptional(z.int('Whole milliseconds.').min(0).max(3_600_000)),
  codeHost: z.exactOptional(codeHost),
  identityCenter: z.exactOptional(identityCenter),
});

const request = strict({ as: name, run: line });
const requests = z.exactOptional(z.record(id, request));
const demoLine = strict({ as: name, run: line, note: z.exactOptional(prose) });
const demoLines = z.exactOptional(z.array(demoLine).max(20));
const authorLine = z.union([request, strict({ write: strict({ name, content }) })]);
const authorLines = z.array(authorLine).min(1, 'At least one line.').max(60);

const layer = z.enum(
  [
    'resource-control',
    'service-control',
    'vpc-endpoint',
    'resource',
    'trust',
    'identity',
    'permissions-boundary',
    'session',
  ],
  'One of resource-control, service-control, vpc-endpoint, resource, trust, identity, permissions-boundary, session.',
);
const expectation = z
  .string()
  .regex(/^(allowed|denied|not-sent|error\/[A-Za-z.]+)$/, 'One of allowed, denied, not-sent, error/<Code>.');

const option = strict({
  text: short,
  right: z.exactOptional(
    z.literal(true, '`right: true` marks the right option; leave it out on the others.'),
  ),
  misconception: z.exactOptional(id),
  reply: prose,
});
const options = z.array(option).min(2, 'At least two options.').max(6, 'Six options at most.');

const goal = strict({
  id,
  text: short,
  given: z.exactOptional(z.array(request).max(20)),
  request,
  expect: expectation,
  because: z.exactOptional(z.array(layer).min(1)),
  reply: prose,
});

const say = strict({ say: id, title: short, text: prose, requests, demo: demoLines });
const predict = strict({
  predict: id,
  title: short,
  text: prose,
  requests,
  first: demoLines,
  request,
  reveal: prose,
  misconception: z.exactOptional(id),
});
const task = strict({
  task: id,
  title: short,
  text: prose,
  requests,
  as: z.exactOptional(name),
  goals: z.array(goal).min(1, 'A task has at least one goal.').max(40),
  hints: z.exactOptional(z.array(strict({ when: z.exactOptional(id), text: prose })).max(12)),
  solution: authorLines,
  alternatives: z.exactOptional(z.array(strict({ name: short, run: authorLines })).max(20)),
  'near-misses': z.exactOptional(z.array(strict({ name: short, fails: id, run: authorLines })).max(20)),
});
const question = strict({ question: id, title: z.exactOptional(short), text: prose, requests, options });

/** The key of a step that names its kind. */
export const STEP_KINDS = ['say', 'predict', 'task', 'question'] as const;

/** A scenario file. */
export const scenarioSchema = strict({
  format,
  id,
  title: short,
  minutes,
  summary: prose,
  challenge: z.exactOptional(
    z.literal(true, '`challenge: true` marks a challenge; leave it out of a guided scenario.'),
  ),
  hide: z.exactOptional(z.array(z.enum(['why'], 'Only why can be hidden.')).max(1)),
  world,
  start: name,
  files: z.exactOptional(
    z.record(z.string().regex(/^[\w.-]{1,100}$/, 'A file name without folders.'), content),
  ),
  steps: z
    .array(z.union([say, predict, task, question]))
    .min(1, 'At least one step.')
    .max(60, 'Sixty steps at most.'),
  closing: z.exactOptional(prose),
  quiz: z.exactOptional(z.array(strict({ id, text: prose, options, reread: z.exactOptional(id) })).max(30)),
});

/** A file with nothing but a world, which scenarios of its folder extend. */
export const worldFileSchema = strict({ format, world: z.record(z.string(), z.unknown()) });

/** The front matter of a lesson. */
export const lessonSchema = strict({
  format,
  id,
  title: short,
  order: z.int('A whole number.').min(1).max(999),
  minutes,
  summary: prose,
  scenario: id,
  challenge: z.exactOptional(id),
  'read-next': z.exactOptional(url),
});

/** A scenario file as its author wrote it, once it is known to be well formed. */
export type ScenarioFile = z.infer<typeof scenarioSchema>;
/** A lesson's front matter as its author wrote it. */
export type LessonFile = z.infer<typeof lessonSchema>;

/** JSON Schema of a scenario, for the completion of editors. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // A world that extends another leaves to it what it does not say.
      if (zodSchema !== world) return;
      delete jsonSchema.required;
      jsonSchema.properties = {
        extends: { type: 'string', description: 'A file of the same folder, such as company.yaml.' },
        ...jsonSchema.properties,
      };
    },
  });
}

/** JSON Schema of a lesson's front matter, for the completion of editors. */
export function lessonJsonSchema(): object {
  return z.toJSONSchema(lessonSchema, { io: 'input' });
}
