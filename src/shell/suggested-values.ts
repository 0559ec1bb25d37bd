import { awsManagedPolicies } from '../cloud/managed-policies.ts';
import type { Member, Operation } from '../cloud/operation.ts';
import { own } from '../cloud/own.ts';
import type { Account, HasPolicies } from '../cloud/world.ts';
import { identityCenterValues } from './identity-center-values.ts';
import { organizationValues } from './organization-values.ts';
import type { Moment } from './session.ts';

/** Names and ARNs of the actor's account that fit a member of an operation's input, and files after `file://`. */
export function valuesOf(
  moment: Moment,
  operation: Operation,
  name: string,
  member: Member,
  given: ReadonlyMap<string, string>,
): readonly string[] {
  const files = Object.keys(moment.files);
  if (member.type === 'document') return files.map((file) => `file://${file}`);
  if (member.type === 'body') return files;
  if (member.type === 'blob') return files.map((file) => `fileb://${file}`);
  const account = own(moment.world.accounts, moment.actor.account);
  if (account === undefined) return [];
  if (/^(sso-admin|identitystore):/.test(operation.id)) return identityCenterValues(moment.world, name);
  if (member.type === 'structure' && member.members.includes('Name')) {
    return Object.keys(account.instanceProfiles).map((profile) => `Name=${profile}`);
  }
  if (operation.id.startsWith('organizations:')) return organizationValues(moment.world, name);
  const trails = /^cloudtrail:(?!Create)/.test(operation.id) ? ['Name', 'TrailName'] : [];
  if (trails.includes(name)) return Object.keys(account.trails);
  return isNewName(operation.id, name) ? [] : namesFor(account, name, given);
}

/** Buckets and objects of the actor's account, as `aws s3` writes them. */
export function bucketPaths({ world, actor }: Moment): readonly string[] {
  const buckets = Object.values(own(world.accounts, actor.account)?.buckets ?? {});
  return buckets.flatMap((bucket) => [
    `s3://${bucket.name}`,
    ...Object.keys(bucket.objects).map((key) => `s3://${bucket.name}/${key}`),
  ]);
}

/** What an operation makes has a name that is not there yet: `iam:CreateUser` and its `UserName`. */
function isNewName(operation: string, member: string): boolean {
  const made = /:Create(\w+)$/.exec(operation)?.[1];
  return made !== undefined && member === `${made}Name`;
}

function namesFor(account: Account, member: string, given: ReadonlyMap<string, string>): readonly string[] {
  switch (member) {
    case 'UserName':
      return Object.keys(account.users);
    case 'GroupName':
      return Object.keys(account.groups);
    case 'RoleName':
      return Object.keys(account.roles);
    case 'InstanceProfileName':
      return Object.keys(account.instanceProfiles);
    case 'PolicyArn':
    case 'PermissionsBoundary':
      return [...Object.keys(account.policies), ...Object.keys(awsManagedPolicies)];
    case 'RoleArn':
      return Object.values(account.roles).map(({ arn }) => arn);
    case 'VersionId':
      return own(account.policies, given.get('PolicyArn') ?? '')?.versions.map(({ id }) => id) ?? [];
    case 'PolicyName':
      return Object.keys(holder(account, given)?.inline ?? {});
    case 'AccessKeyId':
      return Object.keys(account.accessKeys);
    case 'InstanceId':
    case 'InstanceIds':
      return Object.keys(account.instances);
    case 'FunctionName':
      return Object.keys(account.functions);
    case 'SecretId':
      return Object.keys(account.secrets);
    case 'QueueName':
      return Object.keys(account.queues);
    case 'QueueUrl':
      return Object.values(account.queues).map(({ url }) => url);
    case 'TopicArn':
      return Object.values(account.topics).map(({ arn }) => arn);
    case 'KeyId':
      return [...Object.keys(account.kmsKeys), ...Object.keys(account.kmsAliases)];
    case 'TargetKeyId':
      return Object.keys(account.kmsKeys);
    case 'AliasName':
      return Object.keys(account.kmsAliases);
    case 'KmsKeyId':
    case 'SSEKMSKeyId':
      return Object.keys(account.kmsAliases);
    case 'Role':
      return Object.values(account.roles).map(({ arn }) => arn);
    case 'VpcId':
      return Object.keys(account.vpcs);
    case 'SubnetId':
      return Object.keys(account.subnets);
    case 'VpcEndpointId':
    case 'VpcEndpointIds':
      return Object.keys(account.vpcEndpoints);
    case 'AssociationId':
      return Object.values(account.instances).flatMap(({ association }) => association?.id ?? []);
    case 'analyzerName':
      return Object.keys(account.analyzers);
    case 'analyzerArn':
      return Object.values(account.analyzers).map(({ arn }) => arn);
    case 'PolicySourceArn':
    case 'CallerArn':
      return [
        ...Object.values(account.users),
        ...Object.values(account.roles),
        ...Object.values(account.groups),
      ].map(({ arn }) => arn);
    case 'JobId':
      return Object.keys(account.lastAccessedJobs);
    case 'S3BucketName':
    case 'S3Bucket':
    case 'Bucket':
      return Object.keys(account.buckets);
    case 'Key':
      return Object.keys(own(account.buckets, given.get('Bucket') ?? '')?.objects ?? {});
    case 'S3Key':
      return Object.keys(own(account.buckets, given.get('S3Bucket') ?? '')?.objects ?? {});
    default:
      return [];
  }
}

/** The user, role or group that the line names already. */
function holder(account: Account, given: ReadonlyMap<string, string>): HasPolicies | undefined {
  return (
    own(account.users, given.get('UserName') ?? '') ??
    own(account.roles, given.get('RoleName') ?? '') ??
    own(account.groups, given.get('GroupName') ?? '')
  );
}
