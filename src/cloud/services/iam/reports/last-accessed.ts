import type { PolicyDocument } from '../../../../iam/request.ts';
import { REGION } from '../../../arn.ts';
import { generated, put } from '../../../change.ts';
import { newUuid } from '../../../identifiers.ts';
import { managedPolicy, policyDocument } from '../../../managed-policies.ts';
import type { ApiError, Json } from '../../../operation.ts';
import { own } from '../../../own.ts';
import type { TrailEvent } from '../../../trail.ts';
import type { Account, LastAccessedJob, World } from '../../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime } from '../../define.ts';
import { permission } from '../entities.ts';
import { identityPolicies, policySource } from './simulation-source.ts';

/** Services by the name that stands in actions. */
const SERVICES: Readonly<Record<string, string>> = {
  'access-analyzer': 'AWS IAM Access Analyzer',
  ce: 'AWS Cost Explorer Service',
  cloudtrail: 'AWS CloudTrail',
  ec2: 'Amazon EC2',
  eks: 'Amazon Elastic Kubernetes Service',
  iam: 'AWS Identity and Access Management',
  identitystore: 'AWS Identity Store',
  kms: 'AWS Key Management Service',
  lambda: 'AWS Lambda',
  organizations: 'AWS Organizations',
  s3: 'Amazon S3',
  secretsmanager: 'AWS Secrets Manager',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  sso: 'AWS IAM Identity Center',
  sts: 'AWS Security Token Service',
};

/** How far back the information goes, in milliseconds: 400 days. */
const PERIOD = 400 * 86_400_000;

/** What a report is about: the documents that grant, and the users and roles that may have used them. */
interface Subject {
  readonly documents: readonly PolicyDocument[];
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

function subjectOf(
  world: World,
  account: Account,
  arn: string,
): { readonly subject: Subject } | { readonly error: ApiError } {
  if (/^arn:aws:iam::(aws|\d{12}):policy\/./.test(arn)) {
    const document = managedPolicy(world, arn) && policyDocument(world, arn);
    if (document === undefined) {
      return failed('NoSuchEntity', `Policy ${arn} was not found.`);
    }
    const groups = Object.values(account.groups).filter(({ attached }) => attached.includes(arn));
    const users = Object.values(account.users).filter(
      (user) => user.attached.includes(arn) || groups.some(({ name }) => user.groups.includes(name)),
    );
    const roles = Object.values(account.roles).filter(({ attached }) => attached.includes(arn));
    const names = { users: users.map(({ name }) => name), roles: roles.map(({ name }) => name) };
    return { subject: { documents: [document], ...names } };
  }
  const found = policySource(world, account, arn);
  if ('error' in found) {
    return found;
  }
  const { kind, holder } = found.source;
  const members = Object.values(account.users).filter(
    ({ groups }) => kind === 'group' && groups.includes(holder.name),
  );
  return {
    subject: {
      documents: identityPolicies(world, account, found.source).map(({ policy }) => policy.document),
      users: kind === 'user' ? [holder.name] : members.map(({ name }) => name),
      roles: kind === 'role' ? [holder.name] : [],
    },
  };
}

/** True when a statement of the documents allows something of a service. */
function grants(documents: readonly PolicyDocument[], service: string): boolean {
  return documents.some(({ Statement }) =>
    [Statement].flat().some((statement) => {
      const { Effect, Action, NotAction } = {
        Effect: null,
        Action: [],
        NotAction: null,
        ...Object(statement),
      };
      const prefixes = [Action].flat().map((action) => String(action).split(':')[0]?.toLowerCase());
      return (
        Effect === 'Allow' && (NotAction !== null || prefixes.includes('*') || prefixes.includes(service))
      );
    }),
  );
}

/** The user or role of the subject that sent an event; null when it was somebody else. */
function entityOf(account: Account, { users, roles }: Subject, { principal }: TrailEvent): string | null {
  const [, role] =
    new RegExp(`^arn:aws:sts::${account.id}:assumed-role/([^/]+)/`).exec(principal ?? '') ?? [];
  const name = users.find((each) => own(account.users, each)?.arn === principal);
  return role !== undefined && roles.includes(role)
    ? (own(account.roles, role)?.arn ?? null)
    : name === undefined
      ? null
      : principal;
}

interface Use {
  readonly entity: string;
  readonly event: TrailEvent;
}

function servicesOf(world: World, account: Account, subject: Subject, byAction: boolean): readonly Json[] {
  const uses = world.trail
    .filter(({ time }) => time >= world.clock - PERIOD)
    .flatMap((event): Use[] => {
      const entity = entityOf(account, subject, event);
      return entity === null ? [] : [{ entity, event }];
    });
  return Object.entries(SERVICES)
    .filter(([service]) => grants(subject.documents, service))
    .map(([service, name]) => {
      const ofService = uses.filter(({ event }) => actionOf(event).startsWith(`${service}:`));
      const last = ofService.at(-1);
      return {
        ServiceName: name,
        ServiceNamespace: service,
        TotalAuthenticatedEntities: new Set(ofService.map(({ entity }) => entity)).size,
        ...(last
          ? {
              LastAuthenticated: isoTime(last.event.time),
              LastAuthenticatedEntity: last.entity,
              LastAuthenticatedRegion: REGION,
            }
          : {}),
        ...(byAction ? { TrackedActionsLastAccessed: actionsOf(ofService) } : {}),
      };
    });
}

function actionsOf(uses: readonly Use[]): readonly Json[] {
  const last = new Map(uses.map((use) => [actionOf(use.event), use]));
  return [...last].map(([action, { entity, event }]) => ({
    ActionName: action.slice(action.indexOf(':') + 1),
    LastAccessedEntity: entity,
    LastAccessedTime: isoTime(event.time),
    LastAccessedRegion: REGION,
  }));
}

function actionOf({ checks, operation }: TrailEvent): string {
  return checks[0]?.action ?? operation;
}

const GRANULARITIES = ['SERVICE_LEVEL', 'ACTION_LEVEL'] as const;

const generateServiceLastAccessedDetails = define({
  id: 'iam:GenerateServiceLastAccessedDetails',
  summary: 'find out which services a user, group, role or policy was last used for',
  input: {
    Arn: { type: 'string', required: true, help: 'ARN of the user, group, role or policy' },
    Granularity: { type: 'string', help: 'SERVICE_LEVEL or ACTION_LEVEL' },
  },
  needs: (input, caller) => [
    permission(
      'GenerateServiceLastAccessedDetails',
      caller,
      /^arn:aws:iam::(aws|\d{12}):./.test(input.Arn) ? input.Arn : '*',
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { Granularity: given = 'SERVICE_LEVEL' } = input;
    const granularity = GRANULARITIES.find((each) => each === given);
    if (granularity === undefined) {
      return breaksConstraint(
        'ValidationError',
        'granularity',
        given,
        `satisfy enum value set: [${GRANULARITIES.join(', ')}]`,
      );
    }
    const found = subjectOf(world, home, input.Arn);
    if ('error' in found) {
      return found;
    }
    const [id, next] = generated(world, newUuid);
    const job: LastAccessedJob = {
      id,
      created: world.clock,
      granularity,
      services: servicesOf(world, home, found.subject, granularity === 'ACTION_LEVEL'),
    };
    return done(put(next, home.id, 'lastAccessedJobs', id, job), { JobId: id });
  },
});

const getServiceLastAccessedDetails = define({
  id: 'iam:GetServiceLastAccessedDetails',
  summary: 'show which services were last used, and when',
  input: {
    JobId: { type: 'string', required: true, help: 'what generate-service-last-accessed-details gave' },
  },
  needs: (_, caller) => [permission('GetServiceLastAccessedDetails', caller, '*')],
  effect(input, caller, world) {
    const job = own(homeOf(world, caller).lastAccessedJobs, input.JobId);
    return job
      ? done(world, {
          JobStatus: 'COMPLETED',
          JobType: job.granularity,
          JobCreationDate: isoTime(job.created),
          ServicesLastAccessed: job.services,
          JobCompletionDate: isoTime(job.created),
          IsTruncated: false,
        })
      : failed('NoSuchEntity', `The job with id ${input.JobId} cannot be found.`);
  },
});

/**
 * Which of the services that policies grant were used: attempts count, allowed or not.
 * Source: IAM User Guide, access_policies_last-accessed.html.
 */
export const lastAccessedOperations = [generateServiceLastAccessedDetails, getServiceLastAccessedDetails];
