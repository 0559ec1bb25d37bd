import { allow, deny, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        red: { tags: { team: 'red' }, mfa: true },
        blank: {},
      },
      roles: {
        Work: {
          trust: trusts({ AWS: `${ME}:root` }, { Action: ['sts:AssumeRole', 'sts:TagSession'] }),
          inline: { s3: policy(allow('s3:*')) },
        },
      },
      buckets: {
        files: {
          objects: { 'red.txt': 'r', 'blue.txt': 'b', 'bare.txt': '-' },
          objectTags: { 'red.txt': { team: 'red' }, 'blue.txt': { team: 'blue' } },
        },
      },
      secrets: {
        'red/db': { text: 'pw', tags: { team: 'red' } },
        'blue/db': { text: 'pw', tags: { team: 'blue' } },
      },
    },
  },
};
const get = (key: string) => `aws s3api get-object --bucket files --key ${key}.txt x.txt`;

/** Lets `user` do what the statements say, by an inline policy. */
const given = (user: string) =>
  `aws iam put-user-policy --user-name ${user} --policy-name p --policy-document file://p.json`;

storyline('Mistake 15: ForAllValues in an Allow is true when the key is missing', WORLD, ({ at, file }) => {
  const onlyTeam = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } };
  file('p.json', policy({ ...allow(['sqs:CreateQueue', 'sqs:TagQueue']), Condition: onlyTeam }));
  at('ada', given('red')).works();
  at('red', 'aws sqs create-queue --queue-name a --tags team=red').works();
  at('red', 'aws sqs create-queue --queue-name b --tags team=red,cost=1').implicitlyDenied('identity');
  at('red', 'aws sqs create-queue --queue-name c').works();
  const closed = { ...onlyTeam, Null: { 'aws:TagKeys': 'false' } };
  file('p.json', policy({ ...allow(['sqs:CreateQueue', 'sqs:TagQueue']), Condition: closed }));
  at('ada', given('red')).works();
  at('red', 'aws sqs create-queue --queue-name d').implicitlyDenied('identity');
  at('red', 'why').works('aws:TagKeys');
  at('red', 'aws sqs create-queue --queue-name e --tags team=red').works();
});

storyline('Mistake 16: Bool MFA false does not stop plain access keys', WORLD, ({ at, file }) => {
  const without = (operator: string) =>
    policy(allow(['s3:*', 'sts:*', 'iam:ListMFADevices']), {
      Sid: 'WithMfaOnly',
      ...deny('s3:*'),
      Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
    });
  file('p.json', without('Bool'));
  at('ada', given('red')).works();
  at('red', get('red')).works();
  at('red', 'aws sts get-session-token').works();
  file('p.json', without('BoolIfExists'));
  at('ada', given('red')).works();
  at('red', get('red')).explicitlyDenied('identity', 'with an explicit deny in an identity-based policy');
  at('red', 'why').works('WithMfaOnly');

  const code = at('red', 'mfa')
    .text()
    .match(/shows (\d{6})/)?.[1];
  const token = 'aws sts get-session-token --serial-number arn:aws:iam::111122223333:mfa/red --token-code';
  at('red', `${token} 000000`).rejected('AccessDenied', 'MultiFactorAuthentication failed');
  const session = at('red', `${token} ${code} --query Credentials.AccessKeyId --output text`).text();
  at(session, get('red')).works();
});

storyline('Mistake 17: StringNotEquals matches when the key is missing', WORLD, ({ at, file }) => {
  const outsiders = { StringNotEquals: { 'aws:PrincipalTag/team': 'blue' } };
  file('p.json', policy({ ...allow('s3:GetObject'), Condition: outsiders }));
  at('ada', given('red')).works();
  at('ada', given('blank')).works();
  at('red', get('red')).works();
  at('blank', get('red')).works();
  at('ada', 'aws iam tag-user --user-name red --tags Key=team,Value=blue').works();
  at('red', get('red')).implicitlyDenied('identity');
  file(
    'p.json',
    policy({
      ...allow('s3:GetObject'),
      Condition: { ...outsiders, Null: { 'aws:PrincipalTag/team': 'false' } },
    }),
  );
  at('ada', given('blank')).works();
  at('blank', get('red')).implicitlyDenied('identity');
});

storyline('Tags: one policy for every team, and the hole of the missing tag', WORLD, ({ at, file }) => {
  const team = '$' + '{aws:PrincipalTag/team}';
  file(
    'p.json',
    policy(
      { ...allow('s3:GetObject'), Condition: { StringEquals: { 's3:ExistingObjectTag/team': team } } },
      {
        ...allow('secretsmanager:GetSecretValue'),
        Condition: { StringEquals: { 'aws:ResourceTag/team': team } },
      },
    ),
  );
  at('ada', given('red')).works();
  at('ada', given('blank')).works();
  at('red', get('red')).works();
  at('red', get('blue')).implicitlyDenied('identity');
  at('red', get('bare')).implicitlyDenied('identity');
  at('blank', get('bare')).implicitlyDenied('identity');
  at('red', 'aws secretsmanager get-secret-value --secret-id red/db').works('pw');
  at('red', 'aws secretsmanager get-secret-value --secret-id blue/db').implicitlyDenied(
    'identity',
    'AccessDeniedException',
  );

  // The deny that forgot about missing tags, and the one that did not.
  const open = { ...allow('s3:*') };
  const others = (operator: string) => ({
    ...deny('s3:GetObject'),
    Condition: { [operator]: { 's3:ExistingObjectTag/team': 'blue' } },
  });
  file('p.json', policy(open, others('StringEquals')));
  at('ada', given('red')).works();
  at('red', get('bare')).works();
  file('p.json', policy(open, others('StringEqualsIfExists')));
  at('ada', given('red')).works();
  at('red', get('bare')).explicitlyDenied('identity');
  at('red', get('red')).works();
  // Who may write tags may open what they guard.
  at(
    'red',
    'aws s3api put-object-tagging --bucket files --key blue.txt --tagging TagSet=[{Key=team,Value=red}]',
  ).works();
  at('red', get('blue')).works();
});

storyline('Session policies and session tags narrow one session', WORLD, ({ at, file }) => {
  const assume = `aws sts assume-role --role-arn ${ME}:role/Work`;
  file('one.json', policy(allow('s3:GetObject', 'arn:aws:s3:::files/red.txt'), allow('sqs:*')));
  at('ada', `${assume} --role-session-name one --policy file://one.json`).works();
  at('Work/one', get('red')).works();
  at('Work/one', get('blue')).implicitlyDenied('session', 'no session policy allows the s3:GetObject action');
  at('Work/one', 'aws sqs list-queues').implicitlyDenied('identity');
  at(
    'ada',
    `${assume} --role-session-name two --policy-arns arn=arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess`,
  ).works();
  at('Work/two', get('blue')).works();
  at('Work/two', 'aws s3api delete-object --bucket files --key blue.txt').implicitlyDenied('session');

  file(
    'tags.json',
    policy({
      ...allow('s3:GetObject'),
      Condition: { StringEquals: { 's3:ExistingObjectTag/team': '$' + '{aws:PrincipalTag/team}' } },
    }),
  );
  at(
    'ada',
    'aws iam put-role-policy --role-name Work --policy-name s3 --policy-document file://tags.json',
  ).works();
  at('ada', `${assume} --role-session-name blue --tags Key=team,Value=blue`).works();
  at('Work/blue', get('blue')).works();
  at('Work/blue', get('red')).implicitlyDenied('identity');
});
