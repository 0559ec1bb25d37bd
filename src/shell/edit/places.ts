import type { ApiRequest } from '../../cloud/answer.ts';
import { own } from '../../cloud/own.ts';
import type { Account, ControlPolicyType, HasPolicies, World } from '../../cloud/world.ts';
import type { PolicyKind } from '../../iam/index.ts';
import { member } from '../json.ts';
import type { PolicyTarget } from './policy-target.ts';

/** Where names are looked up: the account of whoever edits, in a world. */
export interface Around {
  readonly world: World;
  readonly account: Account;
}

/** A place where policies are, which `edit` spells by what stands before a slash. */
interface Place {
  /** What comes after the slash, for `help edit`. */
  readonly spelling: string;
  readonly what: string;
  /** What there is to open here. */
  names(around: Around): readonly string[];
  /** Null where nothing can be asked for by this name. AWS says whether there is what was asked for. */
  target(name: string, around: Around): Omit<PolicyTarget, 'name'> | null;
}

/** Every place, by what stands before the slash. */
export const PLACES: Readonly<Record<string, Place>> = {
  policy: {
    spelling: 'NAME',
    what: 'a customer managed policy; its name alone does, too',
    names: ({ account }) => Object.values(account.policies).map(({ name }) => name),
    target: (name, { account }) => {
      const arn = name.startsWith('arn:')
        ? name
        : Object.values(account.policies).find((each) => each.name === name)?.arn;
      return arn === undefined ? null : managed(arn);
    },
  },
  user: inlineOf('User', 'a user', ({ users }) => users),
  group: inlineOf('Group', 'a group', ({ groups }) => groups),
  role: inlineOf('Role', 'a role', ({ roles }) => roles),
  trust: {
    spelling: 'ROLE',
    what: 'the trust policy of a role',
    names: ({ account }) => Object.keys(account.roles),
    target: (role) => ({
      kinds: ['trust'],
      reads: [() => request('iam:GetRole', { RoleName: role })],
      document: (answer) => member(member(answer, 'Role'), 'AssumeRolePolicyDocument'),
      saving: aws('iam update-assume-role-policy --role-name', role, '--policy-document'),
    }),
  },
  bucket: {
    spelling: 'NAME',
    what: 'the policy of a bucket',
    names: ({ account }) => Object.keys(account.buckets),
    target: (bucket) => ({
      kinds: ['resource'],
      reads: [() => request('s3:GetBucketPolicy', { Bucket: bucket })],
      document: (answer) => member(answer, 'Policy'),
      none: 'NoSuchBucketPolicy',
      saving: aws('s3api put-bucket-policy --bucket', bucket, '--policy'),
    }),
  },
  key: {
    spelling: 'ID',
    what: 'the policy of a KMS key; key/alias/NAME does, too',
    names: ({ account }) => [...Object.keys(account.kmsKeys), ...Object.keys(account.kmsAliases)],
    target: (key, { account }) => {
      // AWS takes an id or ARN here, and no alias.
      const id = own(account.kmsAliases, key) ?? key;
      return {
        kinds: ['resource'],
        reads: [() => request('kms:GetKeyPolicy', { KeyId: id })],
        document: (answer) => member(answer, 'Policy'),
        saving: aws('kms put-key-policy --key-id', id, '--policy'),
      };
    },
  },
  secret: {
    spelling: 'NAME',
    what: 'the policy of a secret',
    names: ({ account }) => Object.keys(account.secrets),
    target: (secret) => ({
      kinds: ['resource'],
      reads: [() => request('secretsmanager:GetResourcePolicy', { SecretId: secret })],
      document: (answer) => member(answer, 'ResourcePolicy'),
      saving: aws('secretsmanager put-resource-policy --secret-id', secret, '--resource-policy'),
    }),
  },
  queue: {
    spelling: 'NAME',
    what: 'the policy of an SQS queue',
    names: ({ account }) => Object.keys(account.queues),
    target: (name, { account }) => {
      const queue = own(account.queues, name);
      if (queue === undefined) return null;
      const { url } = queue;
      const { words } = aws('sqs set-queue-attributes --queue-url', url, '--attributes');
      return {
        kinds: ['resource'],
        reads: [() => request('sqs:GetQueueAttributes', { QueueUrl: url, AttributeNames: ['Policy'] })],
        document: (answer) => member(member(answer, 'Attributes'), 'Policy'),
        saving: { words, within: 'Policy' },
      };
    },
  },
  topic: {
    spelling: 'NAME',
    what: 'the policy of an SNS topic',
    names: ({ account }) => Object.keys(account.topics),
    target: (name, { account }) => {
      const arn = own(account.topics, name)?.arn;
      if (arn === undefined) return null;
      const option = '--attribute-name Policy --attribute-value';
      return {
        kinds: ['resource'],
        reads: [() => request('sns:GetTopicAttributes', { TopicArn: arn })],
        document: (answer) => member(member(answer, 'Attributes'), 'Policy'),
        saving: aws('sns set-topic-attributes --topic-arn', arn, option),
      };
    },
  },
  endpoint: {
    spelling: 'ID',
    what: 'the policy of a VPC endpoint',
    names: ({ account }) => Object.keys(account.vpcEndpoints),
    target: (id) => ({
      kinds: ['vpc-endpoint'],
      reads: [() => request('ec2:DescribeVpcEndpoints', { VpcEndpointIds: [id] })],
      document: (answer) => {
        const endpoints = member(answer, 'VpcEndpoints');
        return Array.isArray(endpoints) ? member(endpoints[0] ?? null, 'PolicyDocument') : null;
      },
      saving: aws('ec2 modify-vpc-endpoint --vpc-endpoint-id', id, '--policy-document'),
    }),
  },
  scp: controlPolicies('SERVICE_CONTROL_POLICY', 'service-control', 'a service control policy'),
  rcp: controlPolicies('RESOURCE_CONTROL_POLICY', 'resource-control', 'a resource control policy'),
  'permission-set': {
    spelling: 'NAME',
    what: 'the inline policy of a permission set',
    names: ({ world }) => Object.values(world.identityCenter?.permissionSets ?? {}).map(({ name }) => name),
    target: (name, { world: { identityCenter } }) => {
      const set = Object.values(identityCenter?.permissionSets ?? {}).find((each) => each.name === name);
      if (identityCenter === null || set === undefined) return null;
      const input = { InstanceArn: identityCenter.arn, PermissionSetArn: set.arn };
      const option = `--permission-set-arn ${set.arn} --inline-policy`;
      return {
        kinds: ['identity'],
        reads: [() => request('sso-admin:GetInlinePolicyForPermissionSet', input)],
        document: (answer) => member(answer, 'InlinePolicy'),
        saving: aws(
          'sso-admin put-inline-policy-to-permission-set --instance-arn',
          identityCenter.arn,
          option,
        ),
      };
    },
  },
};

function managed(arn: string): Omit<PolicyTarget, 'name'> {
  return {
    kinds: ['identity', 'permissions-boundary'],
    reads: [
      () => request('iam:GetPolicy', { PolicyArn: arn }),
      (answer) => {
        const version = member(member(answer, 'Policy'), 'DefaultVersionId');
        return request('iam:GetPolicyVersion', { PolicyArn: arn, VersionId: version });
      },
    ],
    document: (answer) => member(member(answer, 'PolicyVersion'), 'Document'),
    saving: aws('iam create-policy-version --policy-arn', arn, '--set-as-default --policy-document'),
  };
}

/** The inline policies of one kind of identity: `user/ana/Read`. */
function inlineOf(
  kind: 'User' | 'Group' | 'Role',
  what: string,
  held: (account: Account) => Readonly<Record<string, HasPolicies>>,
): Place {
  const option = kind.toLowerCase();
  return {
    spelling: 'NAME/POLICY',
    what: `an inline policy of ${what}`,
    names: ({ account }) =>
      Object.entries(held(account)).flatMap(([name, { inline }]) =>
        Object.keys(inline).map((policy) => `${name}/${policy}`),
      ),
    target: (name) => {
      const [holder = '', policy = '', more] = name.split('/');
      if (holder === '' || policy === '' || more !== undefined) return null;
      return {
        kinds: ['identity'],
        reads: [() => request(`iam:Get${kind}Policy`, { [`${kind}Name`]: holder, PolicyName: policy })],
        document: (answer) => member(answer, 'PolicyDocument'),
        saving: {
          words: [
            ...['aws', 'iam', `put-${option}-policy`, `--${option}-name`, holder],
            ...['--policy-name', policy, '--policy-document'],
          ],
          within: null,
        },
      };
    },
  };
}

function controlPolicies(type: ControlPolicyType, kind: PolicyKind, what: string): Place {
  const all = ({ world }: Around) =>
    Object.values(world.organization?.policies ?? {}).filter((each) => each.type === type);
  return {
    spelling: 'NAME',
    what,
    names: (around) => all(around).map(({ name }) => name),
    target: (name, around) => {
      const policy = all(around).find((each) => each.name === name || each.id === name);
      if (policy === undefined) return null;
      return {
        kinds: [kind],
        reads: [() => request('organizations:DescribePolicy', { PolicyId: policy.id })],
        document: (answer) => member(member(answer, 'Policy'), 'Content'),
        saving: aws('organizations update-policy --policy-id', policy.id, '--content'),
      };
    },
  };
}

function request(operation: string, input: ApiRequest['input']): ApiRequest {
  return { operation, input };
}

/** `aws COMMAND NAME OPTION …`, the document to follow. Only `name` may hold a blank. */
function aws(command: string, name: string, option: string): PolicyTarget['saving'] {
  return { words: ['aws', ...command.split(' '), name, ...option.split(' ')], within: null };
}
