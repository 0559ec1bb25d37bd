import { allow, deny, EC2, policy, type StoryWorld, storyline, trusts } from './story.ts';

const BOSS = '111122223333';
const SHOP = '222233334444';
const STRANGER = '999988887777';
const VPCE = 'vpce-00000001';
const ADMIN = { policies: ['AdministratorAccess'] };
const DATA = ['arn:aws:s3:::shop-data', 'arn:aws:s3:::shop-data/*'];
const WORLD: StoryWorld = {
  accounts: {
    [BOSS]: {
      name: 'management',
      users: { maria: ADMIN },
      buckets: { 'boss-data': { objects: { a: 'a' } } },
    },
    [SHOP]: {
      name: 'shop',
      users: { ada: ADMIN },
      roles: { Web: { trust: trusts(EC2), inline: { all: policy(allow(['s3:*', 'sqs:*'])) } } },
      instanceProfiles: { web: 'Web' },
      vpcs: { main: { id: 'vpc-00000001', subnets: ['private'], endpoints: { s3: { id: VPCE } } } },
      instances: { inside: { profile: 'web', subnet: 'private' }, outside: { profile: 'web' } },
      buckets: {
        'shop-data': {
          objects: { 'june.csv': '1' },
          policy: policy({
            Sid: 'Partner',
            ...allow(['s3:GetObject', 's3:ListBucket'], DATA),
            Principal: { AWS: [`arn:aws:iam::${STRANGER}:user/olga`] },
          }),
        },
      },
      queues: { jobs: {} },
      topics: { news: { queues: ['jobs'] } },
    },
    [STRANGER]: { name: 'stranger', users: { olga: ADMIN }, buckets: { loot: {} } },
  },
  organization: { management: BOSS, ous: { Work: { accounts: [SHOP] } }, rcps: {} },
};
const GET = 'aws s3api get-object --bucket shop-data --key june.csv x';
const id = 'aws organizations create-policy --description none --query Policy.PolicySummary.Id --output text';

storyline('An RCP stops outsiders, whatever a bucket’s owner allowed', WORLD, ({ at, file }) => {
  const org = at(
    'maria',
    'aws organizations describe-organization --query Organization.Id --output text',
  ).text();
  at('olga', GET).works();
  file(
    'perimeter.json',
    policy({
      Sid: 'OursOnly',
      ...deny(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole']),
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': org },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
  const rcp = at(
    'maria',
    `${id} --type RESOURCE_CONTROL_POLICY --name Perimeter --content file://perimeter.json`,
  ).text();
  const unit = at('maria', 'aws organizations list-roots --query Roots[0].Id --output text').text();
  at('maria', `aws organizations attach-policy --policy-id ${rcp} --target-id ${unit}`).works();

  // A stranger is not told which policy it was.
  at('olga', GET).explicitlyDenied('resource-control', 'GetObject operation: Access Denied').hides('because');
  at('olga', 'why').works('OursOnly');
  at('ada', GET).works();
  at('inside', GET).works();
  // A service principal is let through: SNS goes on to deliver to the queue.
  const queue = policy({ ...allow('sqs:SendMessage'), Principal: { Service: 'sns.amazonaws.com' } });
  file('attributes.json', { Policy: JSON.stringify(queue) });
  const url = `https://sqs.us-east-1.amazonaws.com/${SHOP}/jobs`;
  at('ada', `aws sqs set-queue-attributes --queue-url ${url} --attributes file://attributes.json`).works();
  at('ada', `aws sns publish --topic-arn arn:aws:sns:us-east-1:${SHOP}:news --message hi`).works();
  at('ada', `aws sqs receive-message --queue-url ${url}`).works('hi');
  // Not bound: the management account's own resources, and services that RCPs do not know.
  file(
    'open.json',
    policy({ ...allow('s3:GetObject', 'arn:aws:s3:::boss-data/*'), Principal: { AWS: STRANGER } }),
  );
  at('maria', 'aws s3api put-bucket-policy --bucket boss-data --policy file://open.json').works();
  at('olga', 'aws s3api get-object --bucket boss-data --key a x').works();
  at('maria', `aws organizations detach-policy --policy-id p-RCPFullAWSAccess --target-id ${unit}`).fails(
    'ConstraintViolationException',
  );
});

storyline(
  'RCPs bind services too: the confused deputy, and roles that EC2 assumes',
  WORLD,
  ({ at, file }) => {
    const org = at(
      'maria',
      'aws organizations describe-organization --query Organization.Id --output text',
    ).text();
    const root = at('maria', 'aws organizations list-roots --query Roots[0].Id --output text').text();
    const attach = (name: string, document: object) => {
      file(`${name}.json`, JSON.stringify(document));
      const rcp = at(
        'maria',
        `${id} --type RESOURCE_CONTROL_POLICY --name ${name} --content file://${name}.json`,
      ).text();
      at('maria', `aws organizations attach-policy --policy-id ${rcp} --target-id ${root}`).works();
      return rcp;
    };
    attach(
      'Deputy',
      policy({
        ...deny(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole']),
        Principal: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': org },
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      }),
    );
    const queue = policy({ ...allow('sqs:SendMessage'), Principal: { Service: 'sns.amazonaws.com' } });
    file('attributes.json', { Policy: JSON.stringify(queue) });
    const url = `https://sqs.us-east-1.amazonaws.com/${SHOP}/jobs`;
    at('ada', `aws sqs set-queue-attributes --queue-url ${url} --attributes file://attributes.json`).works();
    at('ada', `aws sns publish --topic-arn arn:aws:sns:us-east-1:${SHOP}:news --message hi`).works();
    at('ada', `aws sqs receive-message --queue-url ${url}`).works('hi');

    at('outside', GET).works();
    const ours = attach(
      'OursOnly',
      policy({
        ...deny(['s3:*', 'sts:AssumeRole']),
        Principal: '*',
        Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': org } },
      }),
    );
    at('outside', GET).neverSent();
    at('outside', 'whoami').works();
    at('maria', `aws organizations detach-policy --policy-id ${ours} --target-id ${root}`).works();
    at('outside', GET).works();
  },
);

storyline('What has no ARN is of the account of whoever asks', WORLD, ({ at, file }) => {
  file('all.json', JSON.stringify(policy({ ...deny('*'), Principal: '*' })));
  const root = at('maria', 'aws organizations list-roots --query Roots[0].Id --output text').text();
  const rcp = at('maria', `${id} --type RESOURCE_CONTROL_POLICY --name All --content file://all.json`).text();
  at('ada', 'who-can sts:GetSessionToken').works('olga', 'ada');
  at('maria', `aws organizations attach-policy --policy-id ${rcp} --target-id ${root}`).works();
  at('olga', 'aws sts get-session-token').works();
  at('ada', 'who-can sts:GetSessionToken').works('olga', 'maria').hides('222233334444:ada');
});

storyline('The endpoint’s policy: only our buckets, from our network', WORLD, ({ at, file }) => {
  const PUT = 'aws s3api put-object --bucket loot --key june.csv';
  file('loot.json', policy({ ...allow('s3:PutObject', 'arn:aws:s3:::loot/*'), Principal: { AWS: SHOP } }));
  at('olga', 'aws s3api put-bucket-policy --bucket loot --policy file://loot.json').works();
  at('inside', PUT).works();
  const ours = policy({
    ...allow('s3:*'),
    Principal: '*',
    Condition: { StringEquals: { 'aws:ResourceAccount': SHOP } },
  });
  file('endpoint.json', ours);
  at(
    'ada',
    `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${VPCE} --policy-document file://endpoint.json`,
  ).works();
  at('inside', PUT).implicitlyDenied('vpc-endpoint', 'PutObject operation: Access Denied');
  at('inside', GET).works();
  at('outside', PUT).works();

  file(
    'bucket.json',
    policy({
      ...deny('s3:GetObject', DATA),
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': VPCE } },
    }),
  );
  at('ada', 'aws s3api put-bucket-policy --bucket shop-data --policy file://bucket.json').works();
  at('inside', GET).works();
  at('outside', GET).explicitlyDenied('resource');
  at('ada', GET).explicitlyDenied('resource', 'with an explicit deny in a resource-based policy');
});

storyline(
  'Mistake 18: aws:SourceIp is not there through a VPC endpoint',
  {
    ...WORLD,
    accounts: {
      ...WORLD.accounts,
      [SHOP]: {
        name: 'shop',
        users: { ada: ADMIN },
        roles: { Web: { trust: trusts(EC2), inline: { all: policy(allow('s3:*')) } } },
        instanceProfiles: { web: 'Web' },
        vpcs: { main: { id: 'vpc-00000001', subnets: ['private'] } },
        instances: { inside: { profile: 'web', subnet: 'private' } },
        buckets: { 'shop-data': { objects: { 'june.csv': '1' } } },
      },
    },
  },
  ({ at, file }) => {
    const office = (Condition: Record<string, unknown>) =>
      policy({ Sid: 'OfficeOnly', ...deny('s3:GetObject', DATA), Principal: '*', Condition });
    const put = () =>
      at('ada', 'aws s3api put-bucket-policy --bucket shop-data --policy file://bucket.json').works();
    const ips = { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24'] } };
    file('bucket.json', office(ips));
    put();
    at('inside', GET).works();
    at(
      'ada',
      'aws ec2 create-vpc-endpoint --vpc-id vpc-00000001 --service-name com.amazonaws.us-east-1.s3',
    ).works('vpce-');
    at('inside', GET).explicitlyDenied('resource');
    at('inside', 'why').works('aws:SourceIp');
    const endpoint = at(
      'ada',
      'aws ec2 describe-vpc-endpoints --query VpcEndpoints[0].VpcEndpointId --output text',
    ).text();
    file('bucket.json', office({ ...ips, StringNotEqualsIfExists: { 'aws:SourceVpce': endpoint } }));
    put();
    at('inside', GET).works();
  },
);
