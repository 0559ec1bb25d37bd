import { allow, EC2, LAMBDA, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        otto: {},
        remy: { inline: { assume: policy(allow('sts:AssumeRole')) } },
      },
      roles: {
        Deploy: { trust: trusts({ AWS: `${ME}:user/otto` }) },
        Readers: { trust: trusts({ AWS: `${ME}:root` }), policies: ['AmazonS3ReadOnlyAccess'] },
        Web: { trust: trusts(EC2), policies: ['AmazonS3ReadOnlyAccess'] },
        Build: { trust: trusts(LAMBDA) },
      },
      instanceProfiles: { web: 'Web' },
      instances: { 'web-1': { id: 'i-00000001' } },
      buckets: { media: { objects: { 'a.txt': 'a' } } },
    },
  },
};
const assume = (role: string, name = 'me') =>
  `aws sts assume-role --role-arn ${ME}:role/${role} --role-session-name ${name}`;
const LS = 'aws s3 ls s3://media';

storyline('Mistake 2: a trust policy grants nothing but the way in', WORLD, ({ at, file }) => {
  at('otto', assume('Deploy')).works('ASIA').grantedBy('trust');
  at('Deploy/me', 'whoami').works('Deploy');
  at('Deploy/me', LS).implicitlyDenied('identity', 'assumed-role/Deploy/me is not authorized');
  file('read.json', policy(allow(['s3:ListBucket', 's3:GetObject'])));
  at(
    'ada',
    'aws iam put-role-policy --role-name Deploy --policy-name read --policy-document file://read.json',
  );
  at('Deploy/me', LS).works('a.txt');
  at('otto', LS).implicitlyDenied('identity');
});

storyline(
  'Mistake 3: permission to AssumeRole is not enough, the trust must name you',
  WORLD,
  ({ at, file }) => {
    at('remy', assume('Deploy')).implicitlyDenied(
      'trust',
      '(AccessDenied)',
      'not authorized to perform: sts:AssumeRole',
    );
    file('trust.json', trusts({ AWS: [`${ME}:user/otto`, `${ME}:user/remy`] }));
    const update = 'aws iam update-assume-role-policy --role-name Deploy --policy-document file://trust.json';
    at('ada', update).works();
    at('remy', assume('Deploy')).works();
    file('trust.json', trusts({ AWS: `${ME}:user/otto` }));
    at('ada', update).works();
    at('remy', assume('Deploy')).implicitlyDenied('trust');
    at('Deploy/me', 'aws sts get-caller-identity').works('assumed-role/Deploy/me');
  },
);

storyline(
  'Mistake 4: :root as principal is the whole account, which then has to allow it',
  WORLD,
  ({ at, file }) => {
    at('otto', assume('Readers')).implicitlyDenied(
      'identity',
      'no identity-based policy allows the sts:AssumeRole',
    );
    at('remy', assume('Readers')).works();
    at('Readers/me', LS).works('a.txt');
    file('assume.json', policy(allow('sts:AssumeRole', `${ME}:role/Readers`)));
    at(
      'ada',
      'aws iam put-user-policy --user-name otto --policy-name assume --policy-document file://assume.json',
    );
    at('otto', assume('Readers')).works();
    at('root@111122223333', assume('Readers')).implicitlyDenied(
      'root',
      'Roles may not be assumed by root accounts.',
    );
  },
);

storyline('Mistake 23: a role made again is another principal', WORLD, ({ at, file }) => {
  file('trust.json', trusts({ AWS: `${ME}:role/Readers` }));
  at('ada', 'aws iam create-role --role-name Store --assume-role-policy-document file://trust.json').works();
  at('remy', assume('Readers')).works();
  at('Readers/me', assume('Store', 'chained')).works();

  at(
    'ada',
    `aws iam detach-role-policy --role-name Readers --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess`,
  );
  at('ada', 'aws iam delete-role --role-name Readers').works();
  at('ada', 'aws iam get-role --role-name Store --query Role.AssumeRolePolicyDocument').works(
    /"AWS": "AROA\w{17}"/,
  );
  file('readers.json', trusts({ AWS: `${ME}:root` }));
  at(
    'ada',
    'aws iam create-role --role-name Readers --assume-role-policy-document file://readers.json',
  ).works();
  at('remy', assume('Readers', 'again')).works();
  at('Readers/again', assume('Store', 'chained')).implicitlyDenied('trust');
  at(
    'ada',
    'aws iam update-assume-role-policy --role-name Store --policy-document file://trust.json',
  ).works();
  at('Readers/again', assume('Store', 'chained')).works();
});

storyline('Mistake 24: changes are not instant', { ...WORLD, propagation: 10_000 }, ({ at, file }) => {
  file('trust.json', trusts({ AWS: `${ME}:user/otto` }));
  at('ada', 'aws iam create-role --role-name New --assume-role-policy-document file://trust.json').works();
  at('ada', 'aws iam get-role --role-name New').works('New');
  at('otto', assume('New')).implicitlyDenied('trust', '(AccessDenied)');
  at('ada', 'wait 10s').works();
  at('otto', assume('New')).works();
});

storyline('Trust and passing a role · who hands it over needs iam:PassRole', WORLD, ({ at, file }) => {
  const give =
    'aws ec2 associate-iam-instance-profile --instance-id i-00000001 --iam-instance-profile Name=web';
  file('ops.json', policy(allow('ec2:*')));
  at('ada', 'aws iam put-user-policy --user-name otto --policy-name ops --policy-document file://ops.json');
  at('otto', give).implicitlyDenied('identity', 'UnauthorizedOperation', 'iam:PassRole', `${ME}:role/Web`);
  at('otto', 'why').works('ec2:AssociateIamInstanceProfile', 'iam:PassRole');
  const passes = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
  file('ops.json', policy(allow('ec2:*'), { ...allow('iam:PassRole', `${ME}:role/Web`), Condition: passes }));
  at('ada', 'aws iam put-user-policy --user-name otto --policy-name ops --policy-document file://ops.json');
  at('otto', give).works('associating');
  at('web-1', LS).works('a.txt');
  at('otto', LS).implicitlyDenied('identity');
  at('otto', assume('Web')).implicitlyDenied('trust');
  at(
    'ada',
    'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=PassRole --query Events',
  ).works('[]');
  at('ada', 'aws iam add-role-to-instance-profile --instance-profile-name web --role-name Build').fails(
    'LimitExceeded',
  );
});

storyline('Trust · a service-linked role is made by its service and cannot be changed', WORLD, ({ at }) => {
  at('ada', 'aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com').works(
    '/aws-service-role/elasticloadbalancing.amazonaws.com/',
    'AWSServiceRoleForElasticLoadBalancing',
  );
  at(
    'ada',
    `aws iam attach-role-policy --role-name AWSServiceRoleForElasticLoadBalancing --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
  ).fails('UnmodifiableEntity');
  at(
    'ada',
    assume('aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing'),
  ).implicitlyDenied('trust');
  at('ada', 'aws iam delete-role --role-name AWSServiceRoleForElasticLoadBalancing').fails(
    'UnmodifiableEntity',
  );
  at('ada', 'aws iam delete-service-linked-role --role-name AWSServiceRoleForElasticLoadBalancing').works(
    'DeletionTaskId',
  );
});
