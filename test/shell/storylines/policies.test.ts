import { allow, deny, policy, type StoryWorld, storyline } from './story.ts';

const STAFF = ['paula', 'ravi', 'dana', 'ines', 'sam'] as const;
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        ...Object.fromEntries(STAFF.map((name) => [name, {}])),
      },
      groups: { analysts: {} },
      buckets: {
        figures: { objects: { 'june.csv': '1,2,3' } },
        payroll: { objects: { 'june.csv': 'secret' } },
      },
    },
  },
};
const GET = 'aws s3api get-object --bucket figures --key june.csv june.csv';
const MANAGED = 'arn:aws:iam::aws:policy';
const FIGURES = 'arn:aws:iam::111122223333:policy/Figures';

storyline('Policies and their kinds · job functions for five members of staff', WORLD, ({ at }) => {
  const attach = (user: string, name: string) =>
    at('ada', `aws iam attach-user-policy --user-name ${user} --policy-arn ${MANAGED}/${name}`).works();
  attach('paula', 'AdministratorAccess');
  attach('ravi', 'job-function/DataScientist');
  attach('dana', 'job-function/DatabaseAdministrator');
  attach('ines', 'SecurityAudit');
  attach('sam', 'job-function/SupportUser');
  at('ada', `aws iam get-policy --policy-arn ${MANAGED}/job-function/DataScientist`).works(
    '"DefaultVersionId"',
  );

  at('paula', 'aws iam create-user --user-name new').works();
  at('ravi', GET).grantedBy('identity');
  at('ravi', 'aws iam create-user --user-name more').implicitlyDenied('identity', '(AccessDenied)');
  at('dana', 'aws ec2 describe-vpcs').works();
  at('dana', 'aws iam create-user --user-name more').implicitlyDenied('identity');
  at('ines', 'aws iam list-users').works('paula');
  at('ines', GET).implicitlyDenied('identity', 's3:GetObject');
  at('ines', 'aws iam get-account-authorization-details').works('UserDetailList');
  at('sam', 'aws s3api list-buckets').works();
  at('sam', 'aws iam delete-user --user-name new').implicitlyDenied('identity');
  at('ada', 'aws iam list-policies --scope AWS --query Policies[].Path --output text').works(
    '/job-function/',
  );
});

storyline(
  'Policies and their kinds · customer managed with versions, groups, inline',
  WORLD,
  ({ at, file }) => {
    file('list.json', policy(allow('s3:ListBucket', 'arn:aws:s3:::figures')));
    file(
      'get.json',
      policy(allow(['s3:ListBucket', 's3:GetObject'], ['arn:aws:s3:::figures', 'arn:aws:s3:::figures/*'])),
    );
    at('ada', 'aws iam create-policy --policy-name Figures --policy-document file://list.json').works(
      FIGURES,
    );
    at('ada', `aws iam attach-group-policy --group-name analysts --policy-arn ${FIGURES}`).works();
    at('ravi', 'aws s3 ls s3://figures').implicitlyDenied('identity');
    at('ada', 'aws iam add-user-to-group --group-name analysts --user-name ravi').works();
    at('ravi', 'aws s3 ls s3://figures').works('june.csv');
    at('ravi', GET).implicitlyDenied('identity');

    const newVersion = `aws iam create-policy-version --policy-arn ${FIGURES} --policy-document file://get.json`;
    at('ada', newVersion).works('"VersionId": "v2"');
    at('ravi', GET).implicitlyDenied('identity');
    at('ada', `aws iam set-default-policy-version --policy-arn ${FIGURES} --version-id v2`).works();
    at('ravi', GET).works();
    at('ada', newVersion).works('v3');
    at('ada', newVersion).works('v4');
    at('ada', newVersion).works('v5');
    at('ada', newVersion).fails('LimitExceeded', 'A managed policy can have up to 5 versions.');
    at('ada', `aws iam delete-policy-version --policy-arn ${FIGURES} --version-id v2`).fails(
      'DeleteConflict',
    );
    at('ada', `aws iam delete-policy-version --policy-arn ${FIGURES} --version-id v3`).works();
    at('ada', newVersion).works('v6');
    at(
      'ada',
      `aws iam list-entities-for-policy --policy-arn ${FIGURES} --query PolicyGroups[].GroupName --output text`,
    ).works('analysts');
    at('ada', `aws iam delete-policy --policy-arn ${FIGURES}`).fails('DeleteConflict');

    at(
      'ada',
      'aws iam put-user-policy --user-name sam --policy-name mine --policy-document file://get.json',
    ).works();
    at('sam', GET).works();
    at('ada', 'aws iam get-user-policy --user-name sam --policy-name mine').works('s3:GetObject');
    at('ada', 'aws iam delete-user --user-name sam').fails('DeleteConflict', /must/);
    at('ada', 'aws iam create-policy --policy-name Bad --policy-document file://list.jsn').refused(
      'list.jsn',
    );
    file('bad.json', policy({ Effect: 'allow', Action: 's3:*', Resource: '*' }));
    at('ada', 'aws iam create-policy --policy-name Bad --policy-document file://bad.json').fails(
      'MalformedPolicyDocument',
    );
  },
);

storyline('Mistake 14: Allow with NotAction grants whatever it does not name', WORLD, ({ at, file }) => {
  file('all-but-iam.json', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }));
  at(
    'ada',
    'aws iam put-user-policy --user-name ravi --policy-name most --policy-document file://all-but-iam.json',
  );
  at('ravi', 'aws iam list-users').implicitlyDenied('identity');
  at('ravi', GET).works();
  at('ravi', 'aws secretsmanager create-secret --name later --secret-string x').works();
  at('ravi', 'aws kms create-key').works();
});

storyline('Mistake 25: a Deny wins in whatever order the statements stand', WORLD, ({ at, file }) => {
  const put = 'aws iam put-user-policy --user-name ravi --policy-name p --policy-document file://p.json';
  const figures = allow('s3:*');
  const payroll = { Sid: 'NotPayroll', ...deny('s3:*', ['arn:aws:s3:::payroll', 'arn:aws:s3:::payroll/*']) };
  for (const statements of [
    [figures, payroll],
    [payroll, figures],
    [payroll, figures, figures],
  ]) {
    file('p.json', policy(...statements));
    at('ada', put).works();
    at('ravi', 'aws s3 ls s3://payroll').explicitlyDenied(
      'identity',
      'explicit deny in an identity-based policy',
    );
    at('ravi', 'why').works('NotPayroll');
    at('ravi', GET).works();
  }
  at(
    'ada',
    `aws iam attach-user-policy --user-name ravi --policy-arn ${MANAGED}/AdministratorAccess`,
  ).works();
  at('ravi', 'aws s3 ls s3://payroll').explicitlyDenied('identity');
});
