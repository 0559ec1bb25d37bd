import { allow, deny, policy, type StoryWorld, storyline } from './story.ts';

const [DEV, TEST, WEB, API, BOSS] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
  '555555555555',
] as const;
const admin = { policies: ['AdministratorAccess'] };
const WORLD: StoryWorld = {
  accounts: {
    [DEV]: { name: 'course-1', users: { dora: admin, nils: {} } },
    [TEST]: { name: 'course-2', users: { theo: admin } },
    [WEB]: { name: 'web', users: { wanda: admin } },
    [API]: { name: 'api', users: { abel: admin } },
    [BOSS]: { name: 'management', users: { maria: admin } },
  },
  organization: {
    management: BOSS,
    ous: {
      Training: { accounts: [DEV, TEST], ous: { Guests: {} } },
      Dev: { accounts: [WEB, API] },
    },
  },
};
const FULL = 'p-FullAWSAccess';

storyline(
  'SCPs over two OUs · mistake 10: they bind everyone but the management account',
  WORLD,
  ({ at, file }) => {
    const id = (query: string) => at('maria', `aws organizations ${query} --output text`).text();
    const root = id('list-roots --query Roots[0].Id');
    const training = id(
      `list-organizational-units-for-parent --parent-id ${root} --query "OrganizationalUnits[?Name=='Training'].Id"`,
    );
    file('no-queues.json', policy({ Sid: 'NoQueues', ...deny('sqs:CreateQueue') }));
    const create = 'create-policy --type SERVICE_CONTROL_POLICY --description none';
    const noQueues = id(
      `${create} --name NoQueues --content file://no-queues.json --query Policy.PolicySummary.Id`,
    );
    const make = (who: string) => at(who, 'aws sqs create-queue --queue-name q');

    at('maria', `aws organizations attach-policy --policy-id ${noQueues} --target-id ${training}`).works();
    at('maria', 'diff').works('After: aws organizations attach-policy', 'sqs:CreateQueue');
    make('dora').explicitlyDenied('service-control');
    at('maria', 'undo').works(
      'Taken back: aws organizations attach-policy',
      'the line after it, which changed nothing',
    );
    at('maria', 'redo').works('Brought back');
    make('dora').explicitlyDenied('service-control', 'with an explicit deny in a service control policy');
    at('dora', 'why').works('NoQueues', 'service control policy (Training): denies');
    make('root@222222222222').explicitlyDenied('service-control');
    make('wanda').works();

    at('maria', `aws organizations attach-policy --policy-id ${noQueues} --target-id ${root}`).works();
    make('abel').explicitlyDenied('service-control');
    make('maria').works();
    at('dora', `aws organizations detach-policy --policy-id ${noQueues} --target-id ${root}`).fails(
      'AccessDeniedException',
    );
    at(
      'maria',
      `aws organizations list-policies-for-target --target-id ${DEV} --filter SERVICE_CONTROL_POLICY`,
    ).works(FULL);
  },
);

storyline('Mistake 9: an SCP grants nothing', WORLD, ({ at, file }) => {
  at('nils', 'aws sqs list-queues').implicitlyDenied('identity', 'no identity-based policy allows');
  file('allow.json', policy(allow('sqs:*')));
  const made = at(
    'maria',
    'aws organizations create-policy --type SERVICE_CONTROL_POLICY --description none --name Queues --content file://allow.json --query Policy.PolicySummary.Id --output text',
  ).text();
  at('maria', `aws organizations attach-policy --policy-id ${made} --target-id ${DEV}`).works();
  at('nils', 'aws sqs list-queues').implicitlyDenied('identity');
  at('maria', `aws organizations detach-policy --policy-id ${FULL} --target-id ${DEV}`).works();
  at('dora', 'aws sqs list-queues').works();
  at('dora', 'aws s3 ls').implicitlyDenied(
    'service-control',
    'no service control policy allows the s3:ListAllMyBuckets action',
  );
  at('maria', `aws organizations detach-policy --policy-id ${made} --target-id ${DEV}`).fails(
    'ConstraintViolationException',
  );
});

storyline('Mistake 11: what a level above leaves out, no level below brings back', WORLD, ({ at, file }) => {
  const root = at('maria', 'aws organizations list-roots --query Roots[0].Id --output text').text();
  const training = at(
    'maria',
    `aws organizations list-organizational-units-for-parent --parent-id ${root} --query "OrganizationalUnits[?Name=='Training'].Id" --output text`,
  ).text();
  file('queues.json', policy(allow('sqs:*')));
  const made = at(
    'maria',
    'aws organizations create-policy --type SERVICE_CONTROL_POLICY --description none --name Queues --content file://queues.json --query Policy.PolicySummary.Id --output text',
  ).text();
  at('dora', 'aws s3 ls').works();
  at('maria', `aws organizations attach-policy --policy-id ${made} --target-id ${training}`).works();
  at('maria', `aws organizations detach-policy --policy-id ${FULL} --target-id ${training}`).works();
  at(
    'maria',
    `aws organizations list-policies-for-target --target-id ${DEV} --filter SERVICE_CONTROL_POLICY`,
  ).works(FULL);
  at('dora', 'aws s3 ls').implicitlyDenied('service-control');
  at('dora', 'aws sqs list-queues').works();
  at('wanda', 'aws s3 ls').works();
  at(
    'maria',
    `aws organizations move-account --account-id ${DEV} --source-parent-id ${training} --destination-parent-id ${root}`,
  ).works();
  at('dora', 'aws s3 ls').works();
});

storyline(
  'What an SCP cannot do: bind outsiders who come in by a resource policy',
  {
    accounts: {
      ...WORLD.accounts,
      '666666666666': { name: 'stranger', users: { olga: { inline: { s3: policy(allow('s3:*')) } } } },
      [WEB]: {
        name: 'web',
        users: { wanda: admin },
        buckets: {
          shared: {
            objects: { 'a.txt': 'a' },
            policy: policy({
              ...allow('s3:GetObject', 'arn:aws:s3:::shared/*'),
              Principal: { AWS: ['arn:aws:iam::666666666666:user/olga', `arn:aws:iam::${WEB}:root`] },
            }),
          },
        },
      },
    },
    organization: {
      management: BOSS,
      ous: { Training: { accounts: [DEV, TEST] }, Dev: { accounts: [WEB, API] } },
      scps: { NoReads: { document: policy(deny('s3:GetObject')), attach: ['Root'] } },
    },
  },
  ({ at }) => {
    const GET = 'aws s3api get-object --bucket shared --key a.txt a.txt';
    at('wanda', GET).explicitlyDenied('service-control');
    at('olga', GET).works();
  },
);

storyline(
  'An organization for the bill alone has no policies',
  {
    ...WORLD,
    organization: { management: BOSS, features: 'consolidated-billing', accounts: [DEV, TEST, WEB, API] },
  },
  ({ at, file }) => {
    file('deny.json', policy(deny('sqs:*')));
    at(
      'maria',
      'aws organizations create-policy --type SERVICE_CONTROL_POLICY --description none --name Queues --content file://deny.json',
    ).fails('PolicyTypeNotAvailableForOrganizationException');
    at(
      'maria',
      'aws ce get-cost-and-usage --time-period Start=2026-02-01,End=2026-03-01 --granularity MONTHLY --metrics UnblendedCost',
    ).works('UnblendedCost');
  },
);
