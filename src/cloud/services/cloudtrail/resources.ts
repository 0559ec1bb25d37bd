import type { Json } from '../../operation.ts';
import type { TrailEvent } from '../../trail.ts';

/** Something an event is about, as `lookup-events` names it. */
export interface EventResource {
  readonly type: string;
  readonly name: string;
}

/** The kinds of ARN that name a resource, and whether by their last part or as a whole. */
const FORMS: readonly { readonly arn: RegExp; readonly type: string; readonly whole?: true }[] = [
  { arn: /^arn:aws:iam::\d+:user\/(?:.*\/)?([^/]+)$/, type: 'AWS::IAM::User' },
  { arn: /^arn:aws:iam::\d+:group\/(?:.*\/)?([^/]+)$/, type: 'AWS::IAM::Group' },
  { arn: /^arn:aws:iam::\d+:role\/(?:.*\/)?([^/]+)$/, type: 'AWS::IAM::Role' },
  { arn: /^arn:aws:iam::\d+:instance-profile\/(?:.*\/)?([^/]+)$/, type: 'AWS::IAM::InstanceProfile' },
  { arn: /^arn:aws:iam::(?:aws|\d+):policy\/.+$/, type: 'AWS::IAM::Policy', whole: true },
  { arn: /^arn:aws:s3:::([^/]+)$/, type: 'AWS::S3::Bucket' },
  { arn: /^arn:aws:ec2:[^:]*:\d+:instance\/(i-\w+)$/, type: 'AWS::EC2::Instance' },
  { arn: /^arn:aws:kms:.*:key\/.+$/, type: 'AWS::KMS::Key', whole: true },
  { arn: /^arn:aws:lambda:[^:]*:\d+:function:([^:]+)$/, type: 'AWS::Lambda::Function' },
  { arn: /^arn:aws:secretsmanager:.+$/, type: 'AWS::SecretsManager::Secret', whole: true },
  { arn: /^arn:aws:sns:.+$/, type: 'AWS::SNS::Topic', whole: true },
  { arn: /^arn:aws:sqs:.+$/, type: 'AWS::SQS::Queue', whole: true },
  { arn: /^arn:aws:cloudtrail:.*:trail\/.+$/, type: 'AWS::CloudTrail::Trail', whole: true },
];

/** Members of requests and answers that name a resource. */
const MEMBERS: Readonly<Record<string, string>> = {
  UserName: 'AWS::IAM::User',
  GroupName: 'AWS::IAM::Group',
  RoleName: 'AWS::IAM::Role',
  PolicyArn: 'AWS::IAM::Policy',
  InstanceProfileName: 'AWS::IAM::InstanceProfile',
  AccessKeyId: 'AWS::IAM::AccessKey',
};

/** What an event is about. A role that is only passed is not: `iam:PassRole` leaves no trace of its own. */
export function eventResources(event: TrailEvent): readonly EventResource[] {
  const passed = event.checks
    .filter(({ action }) => action === 'iam:PassRole')
    .map(({ resource }) => resource);
  const found = [
    ...event.resources.filter((arn) => !passed.includes(arn)).flatMap(named),
    ...membersOf(event.input),
    ...membersOf(event.response),
  ];
  return found.filter(
    (each, index) => found.findIndex(({ type, name }) => type === each.type && name === each.name) === index,
  );
}

function named(arn: string): readonly EventResource[] {
  return FORMS.flatMap((form) => {
    const match = form.arn.exec(arn);
    return match ? [{ type: form.type, name: form.whole ? arn : (match[1] ?? arn) }] : [];
  });
}

function membersOf(value: Json): readonly EventResource[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([member, each]: [string, Json]) => {
    const type = Object.hasOwn(MEMBERS, member) ? MEMBERS[member] : undefined;
    return typeof each === 'string' && type !== undefined ? [{ type, name: each }] : membersOf(each);
  });
}
