import { allow, deny, EC2, policy, type StoryWorld, storyline, trusts } from './story.ts';

const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        app: { accessKeys: 0, inline: { wide: policy(allow(['s3:*', 'iam:*', 'sts:*', 'ec2:*'])) } },
      },
      roles: { App: { trust: trusts(EC2), inline: { read: policy(allow('s3:*')) } } },
      instanceProfiles: { app: 'App' },
      instances: {
        'web-1': {
          id: 'i-00000001',
          metadata: { tokens: 'optional', hopLimit: 1 },
          processes: { site: 'refreshes', worker: 'copies' },
        },
      },
      buckets: { orders: { objects: { 'june.csv': 'order 1' } } },
    },
  },
  codeHost: {
    attacker: {
      after: 60,
      does: [
        { operation: 'sts:GetCallerIdentity' },
        { operation: 'iam:CreateUser', input: { UserName: 'support2' } },
        { operation: 'iam:CreateAccessKey', input: { UserName: 'support2' } },
      ],
    },
  },
};
const LS = 'aws s3 ls s3://orders';
const CREDENTIALS = '/latest/meta-data/iam/security-credentials/';

storyline('A leaked key, the attacker, the quarantine, and the playbook', WORLD, ({ at, file }) => {
  const made = at(
    'ada',
    'aws iam create-access-key --user-name app --output text --query AccessKey.[AccessKeyId,SecretAccessKey]',
  );
  const [key = '', secret = ''] = made.text().split(/\s+/);
  file('app.py', `s3 = client("s3", key="${key}", secret="${secret}")`);
  at('app', LS).works('june.csv');
  at('ada', 'push app.py').works('on the public code host');

  at('ada', 'wait 2m').works();
  at('ada', 'trail').works('attacker', 'iam:CreateUser', 'iam:CreateAccessKey');
  at('attacker', LS).works('june.csv');
  at('ada', 'wait 5m').works('A mail from AWS', key);
  at('ada', 'aws iam list-attached-user-policies --user-name app').works('AWSCompromisedKeyQuarantineV3');
  at('attacker', 'aws iam create-user --user-name more').explicitlyDenied(
    'identity',
    'AWSCompromisedKeyQuarantine',
  );
  at('attacker', 'aws s3api put-object --bucket orders --key ransom.txt').works();

  at('ada', `aws iam update-access-key --user-name app --access-key-id ${key} --status Inactive`).works();
  at('attacker', LS).rejected('InvalidAccessKeyId');
  at('attacker', 'aws sts get-caller-identity').rejected('InvalidClientTokenId');
  file('stop.json', policy(deny('*')));
  at(
    'ada',
    'aws iam put-user-policy --user-name app --policy-name stop --policy-document file://stop.json',
  ).works();
  const used = `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=${key}`;
  at('ada', `${used} --query Events[].EventName --output text`).works(
    'CreateUser',
    'CreateAccessKey',
    'GetCallerIdentity',
  );
  const theirs = at(
    'ada',
    'aws iam list-access-keys --user-name support2 --query AccessKeyMetadata[0].AccessKeyId --output text',
  ).text();
  at('ada', `aws iam delete-access-key --user-name support2 --access-key-id ${theirs}`).works();
  at('ada', 'aws iam delete-user --user-name support2').works();
  at('ada', `aws iam delete-access-key --user-name app --access-key-id ${key}`).works();
  at('ada', 'aws iam list-access-keys --user-name app').works('"AccessKeyMetadata": []');
});

storyline(
  'Then the same application on a role: keys that renew themselves, nothing in the source',
  WORLD,
  ({ at }) => {
    at('web-1/site', LS).neverSent();
    at(
      'ada',
      'aws ec2 associate-iam-instance-profile --instance-id i-00000001 --iam-instance-profile Name=app',
    ).works();
    at('web-1/site', LS).works('june.csv');
    at('web-1/worker', LS).works('june.csv');
    const token = at('web-1', 'imds PUT /latest/api/token --ttl 21600').text();
    const shown = at('web-1', `imds GET ${CREDENTIALS}App --token ${token}`).json();
    at('ada', 'wait 7h').works();
    at('web-1/site', LS).works('june.csv');
    at('web-1/worker', LS).rejected('ExpiredToken');
    at('web-1', `imds GET ${CREDENTIALS}App --token ${token}`).refused('401 Unauthorized');
    const again = at('web-1', 'imds PUT /latest/api/token --ttl 60').text();
    at('web-1', `imds GET ${CREDENTIALS}App --token ${again}`).works(/"AccessKeyId" *: *"ASIA/);
    at(String(shown.AccessKeyId), 'aws sts get-caller-identity').rejected('ExpiredToken');
  },
);

storyline('IMDSv2 against a request forged through the application', WORLD, ({ at }) => {
  at(
    'ada',
    'aws ec2 associate-iam-instance-profile --instance-id i-00000001 --iam-instance-profile Name=app',
  ).works();
  // The application fetches any address it is given: a forged GET, no header, no PUT.
  const stolen = at('web-1', `imds GET ${CREDENTIALS}App`).json();
  const signed = `AWS_ACCESS_KEY_ID=${stolen.AccessKeyId} AWS_SECRET_ACCESS_KEY=${stolen.SecretAccessKey} AWS_SESSION_TOKEN=${stolen.Token}`;
  at('root@111122223333', `${signed} ${LS}`).works('june.csv');
  at('root@111122223333', `${signed} aws sts get-caller-identity`).works('assumed-role/App/i-00000001');
  at('ada', 'aws ec2 modify-instance-metadata-options --instance-id i-00000001 --http-tokens required').works(
    'required',
  );
  at('web-1', `imds GET ${CREDENTIALS}App`).refused('401 Unauthorized');
  at('web-1', 'imds PUT /latest/api/token --ttl 60 --forwarded').refused('403 Forbidden');
  at('web-1', 'imds PUT /latest/api/token').refused('400 Bad Request');
  at('web-1', 'imds PUT /latest/api/token --ttl 60 --hops 2').refused('No answer');
  const token = at('web-1', 'imds PUT /latest/api/token --ttl 60').text();
  at('web-1', `imds GET ${CREDENTIALS} --token ${token}`).works('App');
});

storyline('Mistake 19: deactivating a key does not end the sessions made from it', WORLD, ({ at, file }) => {
  const key = at(
    'ada',
    'aws iam create-access-key --user-name app --query AccessKey.AccessKeyId --output text',
  ).text();
  file('session.json', policy(allow('s3:*')));
  at('app', 'aws sts get-federation-token --name stranger --policy file://session.json').works('ASIA');
  at('federated-user/stranger', LS).works('june.csv');
  at('ada', `aws iam update-access-key --user-name app --access-key-id ${key} --status Inactive`).works();
  at('federated-user/stranger', LS).works('june.csv');
  file('stop.json', policy(deny('*')));
  at(
    'ada',
    'aws iam put-user-policy --user-name app --policy-name stop --policy-document file://stop.json',
  ).works();
  at('federated-user/stranger', LS).explicitlyDenied('identity', 'explicit deny in an identity-based policy');
});

storyline(
  'Mistake 21: a role taken off an instance is gone within the hour, its keys live on',
  {
    ...WORLD,
    propagation: 3_600_000,
  },
  ({ at }) => {
    at(
      'ada',
      'aws ec2 associate-iam-instance-profile --instance-id i-00000001 --iam-instance-profile Name=app',
    ).works();
    at('web-1/site', LS).works();
    at('web-1/worker', LS).works();
    at(
      'ada',
      'aws iam remove-role-from-instance-profile --instance-profile-name app --role-name App',
    ).works();
    at('web-1/site', LS).works('june.csv');
    at('ada', 'wait 1h').works();
    at('web-1/site', LS).neverSent();
    at('web-1/worker', LS).works('june.csv');
    at('ada', 'wait 6h').works();
    at('web-1/worker', LS).rejected('ExpiredToken');
  },
);
