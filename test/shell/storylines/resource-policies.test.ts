import { allow, deny, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const ALL = ['arn:aws:s3:::site', 'arn:aws:s3:::site/*'];
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        nina: {},
        rick: { policies: ['AmazonS3ReadOnlyAccess'], groups: ['editors'] },
        bob: { boundary: 'Nothing', policies: ['AmazonS3ReadOnlyAccess'] },
      },
      groups: { editors: {} },
      policies: { Nothing: { document: policy(allow('sns:*')) } },
      roles: { Reader: { trust: trusts({ AWS: `${ME}:user/nina` }) } },
      buckets: { site: { objects: { 'index.html': 'hello' } } },
      queues: { jobs: {} },
    },
    '444455556666': {
      name: 'stranger',
      users: { olga: { policies: ['AmazonS3ReadOnlyAccess'] }, oleg: {} },
    },
  },
};
const GET = 'aws s3api get-object --bucket site --key index.html page.html';
const PUT = 'aws s3api put-bucket-policy --bucket site --policy file://bucket.json';

storyline('Resource policies · mistake 5: a group is no principal', WORLD, ({ at, file }) => {
  file('bucket.json', policy({ ...allow('s3:GetObject', ALL), Principal: { AWS: `${ME}:group/editors` } }));
  at('ada', PUT).fails('MalformedPolicy', 'Invalid principal in policy');
  file('bucket.json', policy({ ...allow('s3:GetObject', ALL), Principal: { AWS: `${ME}:user/nobody` } }));
  at('ada', PUT).fails('MalformedPolicy', 'Invalid principal in policy');
  file('bucket.json', policy({ ...allow('s3:GetObject', ALL), Principal: { AWS: `${ME}:user/nina` } }));
  at('ada', PUT).works();
  at('nina', GET).grantedBy('resource');
  file('bucket.json', policy(allow('s3:GetObject', ALL)));
  at('ada', PUT).fails('MalformedPolicy');
});

storyline('Block Public Access stands before every bucket policy', WORLD, ({ at, file }) => {
  const everybody = policy({ ...allow('s3:GetObject', 'arn:aws:s3:::site/*'), Principal: '*' });
  file('bucket.json', everybody);
  at('ada', 'aws s3api get-public-access-block --bucket site').works('"BlockPublicPolicy": true');
  at('ada', PUT).fails('AccessDenied', 'because public policies are blocked by the BlockPublicPolicy');
  at(
    'ada',
    'aws s3api put-public-access-block --bucket site --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false',
  ).works();
  at('ada', PUT).works();
  at('ada', 'aws s3api get-bucket-policy-status --bucket site').works('"IsPublic": true');
  at('olga', GET).works();
  at('nina', GET).grantedBy('resource');
  at('oleg', GET).implicitlyDenied('identity');
  at(
    'ada',
    'aws s3api put-public-access-block --bucket site --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  ).works();
  at('olga', GET).implicitlyDenied('service', '(AccessDenied)');
  at('olga', 'why').works('a rule that is no policy does', 'RestrictPublicBuckets keeps other accounts out');
  at('nina', GET).works();
  at('ada', 'aws s3api delete-public-access-block --bucket site').works();
  at('olga', GET).works();
});

storyline('Ten verdicts in the order of evaluation', WORLD, ({ at, file }) => {
  const bucket = (...statements: readonly Record<string, unknown>[]) => {
    file('bucket.json', policy(...statements));
    at('ada', PUT).works();
  };
  const may = (Principal: unknown) => ({ ...allow('s3:GetObject', 'arn:aws:s3:::site/*'), Principal });
  const mayNot = (Principal: unknown) => ({ ...deny('s3:GetObject', 'arn:aws:s3:::site/*'), Principal });
  at('nina', GET).implicitlyDenied('identity');
  at('rick', GET).grantedBy('identity');
  bucket(mayNot({ AWS: `${ME}:user/rick` }));
  at('rick', GET).explicitlyDenied('resource', 'with an explicit deny in a resource-based policy');
  bucket(may({ AWS: `${ME}:user/nina` }));
  at('nina', GET).grantedBy('resource');
  bucket(may({ AWS: `${ME}:user/nina` }), mayNot({ AWS: '111122223333' }));
  at('nina', GET).explicitlyDenied('resource');
  bucket(may({ AWS: `${ME}:root` }));
  at('nina', GET).implicitlyDenied('identity');
  at('bob', GET).implicitlyDenied('permissions-boundary');
  bucket(may({ AWS: `${ME}:user/bob` }));
  at('bob', GET).grantedBy('resource');
  at('nina', `aws sts assume-role --role-arn ${ME}:role/Reader --role-session-name nina`).works();
  bucket(may({ AWS: `${ME}:role/Reader` }));
  at('Reader/nina', GET).grantedBy('resource');
  bucket(may({ AWS: 'arn:aws:iam::444455556666:user/oleg' }));
  at('oleg', GET).implicitlyDenied('identity');
  bucket(mayNot('*'));
  at('ada', GET).explicitlyDenied('resource');
  at('root@111122223333', GET).explicitlyDenied('resource');
});

storyline('A policy that shuts everybody out: only the root user can take it away', WORLD, ({ at, file }) => {
  file('bucket.json', policy({ ...deny('s3:*', ALL), Principal: '*' }));
  at('ada', PUT).works();
  at('ada', 'aws s3api delete-bucket-policy --bucket site').explicitlyDenied('resource');
  at('root@111122223333', 'aws s3 ls s3://site').explicitlyDenied('resource');
  at('root@111122223333', 'aws s3api delete-bucket-policy --bucket site').works();
  at('ada', GET).works();
});

storyline('A queue has a resource policy too', WORLD, ({ at, file }) => {
  const url = at('ada', 'aws sqs get-queue-url --queue-name jobs --query QueueUrl --output text').text();
  const send = `aws sqs send-message --queue-url ${url} --message-body hi`;
  at('nina', send).implicitlyDenied('identity');
  const queue = policy({
    ...allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:jobs'),
    Principal: { AWS: `${ME}:user/nina` },
  });
  file('attributes.json', { Policy: JSON.stringify(queue) });
  at('ada', `aws sqs set-queue-attributes --queue-url ${url} --attributes file://attributes.json`).works();
  at('nina', send).grantedBy('resource');
  at('oleg', send).implicitlyDenied('resource', 'no resource-based policy allows the sqs:sendmessage');
});
