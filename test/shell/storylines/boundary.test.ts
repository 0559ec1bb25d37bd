import { allow, deny, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const BOUNDARY = `${ME}:policy/Workloads`;
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        joanne: { inline: { iam: policy(allow('iam:*')) }, boundary: 'Workloads' },
        bert: { boundary: 'Workloads' },
        carl: { inline: { assume: policy(allow('sts:AssumeRole')) } },
      },
      policies: { Workloads: { document: policy(allow(['sqs:*', 'iam:List*', 'iam:Get*'])) } },
      roles: { Reader: { trust: trusts({ AWS: `${ME}:root` }), boundary: 'Workloads' } },
      buckets: { photos: { objects: { 'cat.jpg': 'meow' } } },
    },
  },
};
const GET = 'aws s3api get-object --bucket photos --key cat.jpg cat.jpg';
const PUT_POLICY = 'aws s3api put-bucket-policy --bucket photos --policy file://bucket.json';
const open = (Principal: unknown) => policy({ ...allow('s3:GetObject', 'arn:aws:s3:::photos/*'), Principal });

storyline('Mistake 6: a boundary grants nothing, it only caps', WORLD, ({ at, file }) => {
  at('bert', 'aws sqs list-queues').implicitlyDenied(
    'identity',
    'no identity-based policy allows the sqs:listqueues',
  );
  at('joanne', 'aws iam list-users').works('bert');
  at('joanne', 'aws iam create-user --user-name eve').implicitlyDenied(
    'permissions-boundary',
    'no permissions boundary allows the iam:CreateUser action',
  );
  at('joanne', 'aws iam delete-user-permissions-boundary --user-name joanne').implicitlyDenied(
    'permissions-boundary',
  );
  at('joanne', 'aws sqs create-queue --queue-name q').implicitlyDenied('identity');
  file('all.json', policy(allow('*')));
  at(
    'ada',
    'aws iam put-user-policy --user-name bert --policy-name all --policy-document file://all.json',
  ).works();
  at('bert', 'aws sqs create-queue --queue-name q').works('QueueUrl');
  at('bert', 'aws s3 ls').implicitlyDenied('permissions-boundary');
});

storyline('Mistake 7: a boundary does not cap a grant to the user or the session', WORLD, ({ at, file }) => {
  const assume = `aws sts assume-role --role-arn ${ME}:role/Reader --role-session-name me`;
  at('carl', assume).works();
  at('Reader/me', GET).implicitlyDenied('identity');
  file('bucket.json', open({ AWS: `${ME}:role/Reader` }));
  at('ada', PUT_POLICY).works();
  at('Reader/me', GET).implicitlyDenied(
    'permissions-boundary',
    'no permissions boundary allows the s3:GetObject',
  );
  file('bucket.json', open({ AWS: 'arn:aws:sts::111122223333:assumed-role/Reader/me' }));
  at('ada', PUT_POLICY).works();
  at('Reader/me', GET).grantedBy('resource');
});

storyline(
  'Mistake 8: the same bucket policy gets a user past the boundary, and not a role',
  WORLD,
  ({ at, file }) => {
    file('bucket.json', open({ AWS: [`${ME}:user/bert`, `${ME}:role/Reader`] }));
    at('ada', PUT_POLICY).works();
    at('bert', GET).grantedBy('resource');
    at('carl', `aws sts assume-role --role-arn ${ME}:role/Reader --role-session-name me`).works();
    at('Reader/me', GET).implicitlyDenied('permissions-boundary');
    at('ada', `aws iam delete-role-permissions-boundary --role-name Reader`).works();
    at('Reader/me', GET).grantedBy('resource');
  },
);

storyline('Safe delegation: whoever joanne makes has the boundary too', WORLD, ({ at, file }) => {
  const bounded = { StringEquals: { 'iam:PermissionsBoundary': BOUNDARY } };
  const people = [
    'iam:CreateUser',
    'iam:PutUserPolicy',
    'iam:AttachUserPolicy',
    'iam:PutUserPermissionsBoundary',
  ];
  const delegation = policy(
    { Sid: 'OnlyBounded', ...allow(people), Condition: bounded },
    allow(['iam:List*', 'iam:Get*', 'iam:CreateAccessKey']),
    {
      Sid: 'KeepTheBoundary',
      ...deny([
        'iam:DeleteUserPermissionsBoundary',
        'iam:CreatePolicyVersion',
        'iam:SetDefaultPolicyVersion',
        'iam:DeletePolicy*',
      ]),
    },
  );
  file('delegation.json', delegation);
  at('ada', 'aws iam delete-user-permissions-boundary --user-name joanne').works();
  at(
    'ada',
    'aws iam put-user-policy --user-name joanne --policy-name iam --policy-document file://delegation.json',
  ).works();

  at('joanne', 'aws iam create-user --user-name dev').implicitlyDenied('identity', 'iam:CreateUser');
  at(
    'joanne',
    `aws iam create-user --user-name dev --permissions-boundary ${ME}:policy/Other`,
  ).implicitlyDenied('identity');
  at('joanne', `aws iam create-user --user-name dev --permissions-boundary ${BOUNDARY}`).works(
    'PermissionsBoundary',
  );
  at(
    'joanne',
    'aws iam attach-user-policy --user-name dev --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  ).works();
  at('joanne', 'aws iam create-access-key --user-name dev').works();
  at('dev', 'aws sqs create-queue --queue-name q').works();
  at('dev', 'aws iam create-user --user-name eve').implicitlyDenied('permissions-boundary');
  at('dev', GET).implicitlyDenied('permissions-boundary');
  at('joanne', 'aws iam delete-user-permissions-boundary --user-name dev').explicitlyDenied('identity');
  file('all.json', policy(allow('*')));
  at(
    'joanne',
    `aws iam create-policy-version --policy-arn ${BOUNDARY} --policy-document file://all.json --set-as-default`,
  ).explicitlyDenied('identity');
  at(
    'joanne',
    'aws iam put-user-policy --user-name joanne --policy-name more --policy-document file://all.json',
  ).implicitlyDenied('identity');
  // A key of somebody without a boundary is the way round that iam:PermissionsBoundary does not close.
  at('joanne', 'aws iam create-access-key --user-name ada').works('AccessKeyId');
});
