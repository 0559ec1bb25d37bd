import { allow, EC2, LAMBDA, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        mallory: {
          inline: { dev: policy(allow(['lambda:*', 'iam:PassRole', 'iam:List*', 'sts:AssumeRole'])) },
        },
        petra: { policies: ['Editor'] },
      },
      policies: {
        Editor: {
          document: policy(allow(['iam:CreatePolicyVersion', 'iam:GetPolicy', 'iam:GetPolicyVersion'])),
        },
      },
      roles: {
        Admin: { trust: trusts(LAMBDA), policies: ['AdministratorAccess'] },
        Report: { trust: trusts(LAMBDA), policies: ['AmazonS3ReadOnlyAccess'] },
        Ops: { trust: trusts({ AWS: `${ME}:root` }), policies: ['AmazonS3ReadOnlyAccess'] },
        Web: { trust: trusts(EC2) },
      },
      buckets: { media: { objects: { 'a.txt': 'a' } } },
    },
  },
};
const create = (role: string) =>
  `aws lambda create-function --function-name up --role ${ME}:role/${role} --runtime nodejs22.x --handler index.handler --zip-file fileb://code.txt`;

storyline(
  'Mistake 22: PassRole is no API but a permission, and a way up through Lambda',
  WORLD,
  ({ at, file }) => {
    const up =
      'iam:AttachUserPolicy {"UserName":"mallory","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}';
    file('code.txt', up);
    at('mallory', 'aws iam pass-role --role-name Admin').refused('iam:PassRole is a permission only');
    at('mallory', 'aws iam create-user --user-name eve').implicitlyDenied('identity');
    at('mallory', create('Web')).fails('InvalidParameterValueException', 'cannot be assumed by Lambda');
    at('mallory', create('Admin')).works('"FunctionName": "up"');
    at('mallory', 'why').works('iam:PassRole', 'lambda:CreateFunction');
    at('mallory', 'aws lambda invoke --function-name up out.json').works('"StatusCode": 200');
    at('mallory', 'aws iam create-user --user-name eve').works();
    at('ada', 'trail').works('iam:AttachUserPolicy').hides('iam:PassRole');

    // The cure: pass this role only, and only to this service.
    at(
      'ada',
      'aws iam detach-user-policy --user-name mallory --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    ).works();
    at('ada', 'aws lambda delete-function --function-name up').works();
    const passes = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
    file(
      'dev.json',
      policy(allow('lambda:*'), { ...allow('iam:PassRole', `${ME}:role/Report`), Condition: passes }),
    );
    at(
      'ada',
      'aws iam put-user-policy --user-name mallory --policy-name dev --policy-document file://dev.json',
    ).works();
    at('mallory', create('Admin')).implicitlyDenied('identity', 'iam:PassRole');
    at('mallory', create('Report')).works();
    at('mallory', 'aws lambda invoke --function-name up out.json').works('FunctionError');
    at('mallory', 'cat out.json').works('AccessDenied', 'iam:AttachUserPolicy');
  },
);

storyline('A way up through CreatePolicyVersion', WORLD, ({ at, file }) => {
  const version = `aws iam create-policy-version --policy-arn ${ME}:policy/Editor --policy-document file://all.json`;
  file('all.json', policy(allow('*')));
  at('petra', 'aws iam list-users').implicitlyDenied('identity');
  at('petra', version).works('v2');
  at(
    'petra',
    `aws iam set-default-policy-version --policy-arn ${ME}:policy/Editor --version-id v2`,
  ).implicitlyDenied('identity');
  // --set-as-default asks for no more than iam:CreatePolicyVersion.
  at('petra', `${version} --set-as-default`).works('v3');
  at('petra', 'aws iam list-users').works();
  at('ada', 'diff').works('petra');
  at('ada', `aws iam set-default-policy-version --policy-arn ${ME}:policy/Editor --version-id v1`).works();
  at('petra', 'aws iam list-users').implicitlyDenied('identity');
});

storyline('Mistake 20: revoking sessions is not for good, new ones work', WORLD, ({ at, file }) => {
  const assume = `aws sts assume-role --role-arn ${ME}:role/Ops --role-session-name mal`;
  at('mallory', assume).works();
  at('Ops/mal', 'aws s3 ls').works();
  const key =
    at('Ops/mal', 'whoami')
      .text()
      .match(/ASIA\w+/)?.[0] ?? '';
  at('ada', 'wait 5m').works();
  const revoke = policy({
    Effect: 'Deny',
    Action: ['*'],
    Resource: ['*'],
    Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-02T09:05:00.000Z' } },
  });
  file('revoke.json', revoke);
  at(
    'ada',
    'aws iam put-role-policy --role-name Ops --policy-name AWSRevokeOlderSessions --policy-document file://revoke.json',
  ).works();
  at(key, 'aws s3 ls').explicitlyDenied('identity', 'with an explicit deny in an identity-based policy');
  at(key, 'aws sts get-caller-identity').works('Ops/mal');
  at('mallory', assume).works();
  at('Ops/mal', 'aws s3 ls').works('media');
});

storyline('Incident response from the trail', WORLD, ({ at, file }) => {
  file('code.txt', 'iam:CreateUser {"UserName":"support"}\niam:CreateAccessKey {"UserName":"support"}');
  at('mallory', create('Admin')).works();
  at('mallory', 'aws lambda invoke --function-name up out.json').works();
  at('mallory', 'aws sts get-caller-identity').works();

  const look = (key: string, value: string, query: string) =>
    at(
      'ada',
      `aws cloudtrail lookup-events --lookup-attributes AttributeKey=${key},AttributeValue=${value} --query ${query} --output text`,
    );
  look('EventName', 'CreateUser', 'Events[].CloudTrailEvent').works(
    'assumed-role/Admin/up',
    '"userName":"support"',
  );
  look('Username', 'mallory', 'Events[].EventName').works('CreateFunction');
  look('Username', 'up', 'Events[].EventName').works('CreateUser', 'CreateAccessKey');
  const key = at(
    'ada',
    'aws iam list-access-keys --user-name mallory --query AccessKeyMetadata[0].AccessKeyId --output text',
  ).text();
  at('ada', `aws iam update-access-key --user-name mallory --access-key-id ${key} --status Inactive`).works();
  at('mallory', 'aws lambda invoke --function-name up out.json').rejected('UnrecognizedClientException');
  at('ada', 'aws lambda delete-function --function-name up').works();
  const theirs = at(
    'ada',
    'aws iam list-access-keys --user-name support --query AccessKeyMetadata[0].AccessKeyId --output text',
  ).text();
  at('ada', `aws iam delete-access-key --user-name support --access-key-id ${theirs}`).works();
  at('ada', 'aws iam delete-user --user-name support').works();
  at('ada', 'aws iam list-users --query Users[].UserName --output text').hides('support');
});
