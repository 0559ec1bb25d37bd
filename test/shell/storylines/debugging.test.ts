import { allow, deny, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::222222222222';
const JUNE = 'arn:aws:s3:::reports/june.csv';
const WORLD: StoryWorld = {
  accounts: {
    '111111111111': { name: 'management', users: { maria: { policies: ['AdministratorAccess'] } } },
    '222222222222': {
      name: 'reports',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        rosa: {
          inline: { work: policy(allow(['s3:*', 'sqs:*', 'sts:AssumeRole', 'kms:ListKeys'])) },
          boundary: 'Cap',
        },
      },
      policies: { Cap: { document: policy(allow(['s3:*', 'sts:*', 'sns:*'])) } },
      roles: {
        Night: { trust: trusts({ AWS: `${ME}:root` }), inline: { s3: policy(allow('s3:*')) } },
      },
      kmsKeys: { sealed: { id: '11111111-2222-3333-4444-555555555555' } },
      buckets: {
        reports: {
          objects: { 'june.csv': '1' },
          policy: policy({
            Sid: 'NotRosa',
            ...deny('s3:GetObject', JUNE),
            Principal: { AWS: `${ME}:user/rosa` },
          }),
        },
        vault: { objects: { 'a.txt': 'a' }, kmsKey: 'sealed' },
      },
      trails: { main: { bucket: 'reports' } },
    },
  },
  organization: {
    management: '111111111111',
    accounts: ['222222222222'],
    scps: { NoDelete: { document: policy(deny('s3:DeleteObject')), attach: ['222222222222'] } },
  },
};
const assume = `aws sts assume-role --role-arn ${ME}:role/Night --role-session-name rosa`;

storyline('Debugging a denial from AWS’s message and the trail alone', WORLD, ({ at, file }) => {
  // Ticket 1: "no identity-based policy": nobody gave it.
  at('rosa', 'aws sns list-topics').implicitlyDenied(
    'identity',
    /because no identity-based policy allows the SNS:ListTopics action$/,
  );
  file('sns.json', policy(allow('sns:ListTopics')));
  at(
    'ada',
    'aws iam put-user-policy --user-name rosa --policy-name sns --policy-document file://sns.json',
  ).works();
  at('rosa', 'aws sns list-topics').works();

  // Ticket 2: "no permissions boundary": it was given, and capped.
  at('rosa', 'aws sqs list-queues').implicitlyDenied(
    'permissions-boundary',
    /because no permissions boundary allows the sqs:listqueues action$/,
  );
  file('cap.json', policy(allow(['s3:*', 'sts:*', 'sns:*', 'sqs:*'])));
  at(
    'ada',
    `aws iam create-policy-version --policy-arn ${ME}:policy/Cap --policy-document file://cap.json --set-as-default`,
  ).works();
  at('rosa', 'aws sqs list-queues').works();

  // Ticket 3: "explicit deny in a resource-based policy": the bucket says no.
  const get = 'aws s3api get-object --bucket reports --key june.csv june.csv';
  at('rosa', get).explicitlyDenied('resource', /with an explicit deny in a resource-based policy/);
  at('rosa', 'aws s3 cp s3://reports/june.csv .').explicitlyDenied('resource', '(403)', 'Forbidden');
  at('ada', 'aws s3api get-bucket-policy --bucket reports --query Policy --output text').works('NotRosa');
  at('ada', 'aws s3api delete-bucket-policy --bucket reports').works();
  at('rosa', get).works();

  // Ticket 4: "explicit deny in a service control policy": nobody in the account can mend it.
  const remove = 'aws s3api delete-object --bucket reports --key june.csv';
  at('ada', remove).explicitlyDenied('service-control', /with an explicit deny in a service control policy/);
  const scp = at(
    'maria',
    'aws organizations list-policies-for-target --target-id 222222222222 --filter SERVICE_CONTROL_POLICY --query "Policies[?Name==\'NoDelete\'].Id" --output text',
  ).text();
  at('maria', `aws organizations detach-policy --policy-id ${scp} --target-id 222222222222`).works();
  at('rosa', remove).works();

  // Ticket 5: "no session policy": the role may, this session may not.
  file('session.json', policy(allow('s3:ListAllMyBuckets')));
  at('rosa', `${assume} --policy file://session.json`).works();
  at('Night/rosa', 'aws s3 ls').works('vault');
  at('Night/rosa', 'aws s3 ls s3://vault').implicitlyDenied(
    'session',
    /because no session policy allows the s3:ListBucket action$/,
  );
  at('rosa', assume).works();
  at('Night/rosa', 'aws s3 ls s3://vault').works('a.txt');

  // Ticket 6: another service was asked in her name.
  at('Night/rosa', 'aws s3api get-object --bucket vault --key a.txt a.txt').implicitlyDenied(
    'identity',
    'kms:Decrypt',
    'no identity-based policy allows the kms:Decrypt action',
  );

  // Ticket 7: not a denial at all.
  at('rosa', 'aws s3api get-object --bucket reports --key june.csv june.csv').fails('NoSuchKey');

  // What the trail says of it.
  const events = (name: string, query: string) =>
    at(
      'ada',
      `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=${name} --query ${query} --output text`,
    );
  events('ListTopics', 'Events[].CloudTrailEvent').works(
    '"errorCode":"AuthorizationError',
    'no identity-based policy allows',
  );
  events('ListQueues', 'Events[].CloudTrailEvent').works(
    'no permissions boundary allows',
    '"userName":"rosa"',
  );
  events('GetObject', 'Events').works('');
  at('ada', 'trail').works('s3:GetObject', 'denied (AccessDenied)');
});
