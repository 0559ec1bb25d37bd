import { allow, EC2, policy, type StoryWorld, storyline, trusts } from './story.ts';

const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'media',
      users: { ada: { policies: ['AdministratorAccess'] } },
      instances: { 'web-1': { id: 'i-00000001' }, 'web-2': { id: 'i-00000002' }, batch: {} },
      buckets: { media: { objects: { 'site/index.html': 'hello', 'payroll/june.csv': 'secret' } } },
    },
  },
};
const GET = 'aws s3api get-object --bucket media --key site/index.html page.html';
const PAYROLL = 'aws s3api get-object --bucket media --key payroll/june.csv june.csv';
const LIST = 'aws s3api list-objects-v2 --bucket media';

storyline(
  'Three instances, one bucket · mistake 1: bucket/* does not cover listing',
  WORLD,
  ({ at, file }) => {
    at('web-1', GET).neverSent();
    at('web-1', 'aws sts get-caller-identity').neverSent();
    at('ada', 'trail').works('The trail is empty');

    file('trust.json', trusts(EC2));
    at('ada', 'aws iam create-role --role-name web --assume-role-policy-document file://trust.json').works();
    at('ada', 'aws iam create-instance-profile --instance-profile-name web').works();
    at('ada', 'aws iam add-role-to-instance-profile --instance-profile-name web --role-name web').works();
    for (const id of ['i-00000001', 'i-00000002']) {
      at(
        'ada',
        `aws ec2 associate-iam-instance-profile --instance-id ${id} --iam-instance-profile Name=web`,
      ).works('associating');
    }
    at('web-1', 'aws sts get-caller-identity').works('assumed-role/web/i-');
    at('web-1', GET).implicitlyDenied(
      'identity',
      '(AccessDenied)',
      'no identity-based policy allows the s3:GetObject',
    );
    at('web-1', 'why').works('implicit deny', 'identity policy');

    file('read.json', policy(allow('s3:*', 'arn:aws:s3:::media/site/*')));
    at(
      'ada',
      'aws iam put-role-policy --role-name web --policy-name read --policy-document file://read.json',
    );
    at('web-1', LIST).implicitlyDenied('identity', 's3:ListBucket', '"arn:aws:s3:::media"');
    at('web-1', GET).grantedBy('identity');
    at('web-2', GET).works();
    at('web-1', PAYROLL).implicitlyDenied('identity');
    at('web-1', 'aws s3 cp s3://media/payroll/june.csv .').implicitlyDenied(
      'identity',
      '(403)',
      'HeadObject',
    );
    at('batch', GET).neverSent();
    at(
      'ada',
      'aws ec2 describe-instances --filters Name=tag:Name,Values=web-* --query Reservations[].Instances[].IamInstanceProfile.Arn --output text',
    ).works('instance-profile/web');

    file('read.json', policy(allow('s3:GetObject', 'arn:aws:s3:::media/site/*'), allow('s3:ListBucket')));
    at(
      'ada',
      'aws iam put-role-policy --role-name web --policy-name read --policy-document file://read.json',
    );
    at('web-1', LIST).works('payroll/june.csv');
    at('web-1', 'aws s3 ls s3://media/site/').works('index.html');
    at('web-1', PAYROLL).implicitlyDenied('identity');
    at('ada', 'who-can s3:GetObject media/site/index.html').works('web');
    at('ada', 'diff').works('s3:ListBucket');

    file(
      'list.json',
      policy({ ...allow('s3:ListBucket'), Condition: { StringLike: { 's3:prefix': 'site/*' } } }),
    );
    at(
      'ada',
      'aws iam put-role-policy --role-name web --policy-name read --policy-document file://list.json',
    );
    at('web-1', `${LIST} --prefix site/`).works('site/index.html');
    at('web-1', LIST).implicitlyDenied('identity');
  },
);
