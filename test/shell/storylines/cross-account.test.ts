import { allow, policy, type StoryWorld, storyline, trusts } from './story.ts';

const SHOP = '111122223333';
const VENDOR = '444455556666';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const assuming = { assume: policy(allow('sts:AssumeRole')) };
const WORLD: StoryWorld = {
  accounts: {
    [SHOP]: {
      name: 'shop',
      users: {
        ada: { policies: ['AdministratorAccess'] },
        kim: { inline: { kms: policy(allow(['kms:*', 's3:*'])) } },
      },
      roles: {
        Audit: {
          trust: trusts({ AWS: `arn:aws:iam::${VENDOR}:root` }),
          policies: ['AmazonS3ReadOnlyAccess'],
        },
      },
      kmsKeys: { books: { id: KEY.slice(-36) } },
      buckets: {
        books: { objects: { 'june.csv': '1' } },
        sealed: { kmsKey: 'books', objects: { 'july.csv': '2' } },
      },
    },
    [VENDOR]: {
      name: 'vendor',
      users: {
        vera: { policies: ['AdministratorAccess'] },
        vic: { inline: assuming },
        val: {},
      },
      roles: { Scanner: { trust: trusts({ AWS: `arn:aws:iam::${VENDOR}:user/vic` }), inline: assuming } },
    },
  },
};
const GET = 'aws s3api get-object --bucket books --key june.csv x';
const SEALED = 'aws s3api get-object --bucket sealed --key july.csv x';
const audit = (more = '') =>
  `aws sts assume-role --role-arn arn:aws:iam::${SHOP}:role/Audit --role-session-name scan${more}`;

storyline('Mistake 12: across accounts both sides must allow', WORLD, ({ at, file }) => {
  const PUT = 'aws s3api put-bucket-policy --bucket books --policy file://bucket.json';
  const reads = { ...allow('s3:GetObject', 'arn:aws:s3:::books/*'), Principal: { AWS: VENDOR } };
  file('bucket.json', policy(reads));
  file('read.json', policy(allow('s3:GetObject', 'arn:aws:s3:::books/*')));
  at(
    'vera',
    'aws iam put-user-policy --user-name val --policy-name read --policy-document file://read.json',
  ).works();
  at('val', GET).implicitlyDenied('resource', 'GetObject operation: Access Denied');
  at('ada', PUT).works();
  at('val', GET).works();
  at('vera', 'aws iam delete-user-policy --user-name val --policy-name read').works();
  at('val', GET).implicitlyDenied('identity', 'GetObject operation: Access Denied');
  file('bucket.json', policy({ ...reads, Principal: { AWS: `arn:aws:iam::${VENDOR}:user/val` } }));
  at('ada', PUT).works();
  at('val', GET).implicitlyDenied('identity');
  at('ada', 'aws s3api delete-bucket-policy --bucket books').works();
  at(
    'vera',
    'aws iam put-user-policy --user-name val --policy-name read --policy-document file://read.json',
  ).works();
  at('val', GET).implicitlyDenied('resource');
});

storyline(
  'A role for another account, and the confused deputy that ExternalId stops',
  WORLD,
  ({ at, file }) => {
    at('val', audit()).implicitlyDenied('identity', 'sts:AssumeRole');
    at('vic', audit()).works();
    at('Audit/scan', GET).works();
    at('Audit/scan', 'aws s3api put-object --bucket books --key x').implicitlyDenied('identity');

    const agreed = { Condition: { StringEquals: { 'sts:ExternalId': 'shop-4711' } } };
    file('trust.json', trusts({ AWS: `arn:aws:iam::${VENDOR}:role/Scanner` }, agreed));
    at(
      'ada',
      'aws iam update-assume-role-policy --role-name Audit --policy-document file://trust.json',
    ).works();
    at('vic', audit(' --external-id shop-4711')).implicitlyDenied('trust');
    at(
      'vic',
      `aws sts assume-role --role-arn arn:aws:iam::${VENDOR}:role/Scanner --role-session-name vic`,
    ).works();
    // A stranger told the vendor that this role is theirs; the vendor shows the stranger's own id.
    at('Scanner/vic', audit(' --external-id stranger-1')).implicitlyDenied('trust');
    at('Scanner/vic', audit()).implicitlyDenied('trust', '(AccessDenied)');
    at('Scanner/vic', 'why').works('sts:ExternalId');
    at('Scanner/vic', audit(' --external-id shop-4711')).works();
    at('Scanner/vic', audit(' --external-id shop-4711 --duration-seconds 7200')).fails(
      'ValidationError',
      '1 hour session limit for roles assumed by role chaining',
    );
  },
);

storyline(
  'The service as a deputy: SourceArn says for whom',
  {
    accounts: {
      [SHOP]: {
        name: 'shop',
        users: { ada: { policies: ['AdministratorAccess'] } },
        queues: {
          inbox: {
            policy: policy({
              ...allow('sqs:SendMessage'),
              Principal: { Service: 'sns.amazonaws.com' },
              Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${SHOP}:news` } },
            }),
          },
        },
        topics: { news: { queues: ['inbox'] } },
      },
      [VENDOR]: { name: 'stranger', users: { olga: { policies: ['AdministratorAccess'] } } },
    },
  },
  ({ at }) => {
    const url = `https://sqs.us-east-1.amazonaws.com/${SHOP}/inbox`;
    const receive = `aws sqs receive-message --queue-url ${url} --max-number-of-messages 10`;
    at('ada', `aws sns publish --topic-arn arn:aws:sns:us-east-1:${SHOP}:news --message ours`).works();
    at('ada', receive).works('ours');
    at('olga', 'aws sns create-topic --name spam').works();
    at(
      'olga',
      `aws sns subscribe --topic-arn arn:aws:sns:us-east-1:${VENDOR}:spam --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:${SHOP}:inbox`,
    );
    at('olga', `aws sns publish --topic-arn arn:aws:sns:us-east-1:${VENDOR}:spam --message theirs`).works();
    at('ada', 'wait 1m').works();
    at('ada', receive).works('ours').hides('theirs');
  },
);

storyline(
  'Mistake 13: an IAM Allow opens no KMS key unless the key policy lets it',
  WORLD,
  ({ at, file }) => {
    at('kim', SEALED).works();
    const admins = { Sid: 'Admins', ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${SHOP}:user/ada` } };
    file('key.json', policy(admins));
    at(
      'ada',
      `aws kms put-key-policy --key-id ${KEY} --policy-name default --policy file://key.json`,
    ).works();
    at('kim', SEALED).implicitlyDenied(
      'resource',
      'kms:Decrypt',
      'because no resource-based policy allows the kms:Decrypt action',
    );
    at('kim', `aws kms describe-key --key-id ${KEY}`).implicitlyDenied('resource');
    at('root@111122223333', `aws kms describe-key --key-id ${KEY}`).implicitlyDenied('resource');
    at('ada', SEALED).works();
    file(
      'key.json',
      policy(admins, { ...allow('kms:Decrypt'), Principal: { AWS: `arn:aws:iam::${SHOP}:user/kim` } }),
    );
    at(
      'ada',
      `aws kms put-key-policy --key-id ${KEY} --policy-name default --policy file://key.json`,
    ).works();
    at('kim', SEALED).works();
  },
);

storyline(
  'An encrypted bucket for another account: bucket, key and caller each must say yes',
  WORLD,
  ({ at, file }) => {
    file(
      'bucket.json',
      policy({ ...allow('s3:GetObject', 'arn:aws:s3:::sealed/*'), Principal: { AWS: VENDOR } }),
    );
    at('ada', 'aws s3api put-bucket-policy --bucket sealed --policy file://bucket.json').works();
    file('read.json', policy(allow('s3:GetObject', 'arn:aws:s3:::sealed/*'), allow('kms:Decrypt', KEY)));
    at(
      'vera',
      'aws iam put-user-policy --user-name val --policy-name read --policy-document file://read.json',
    ).works();
    at('val', SEALED).implicitlyDenied('resource', 'kms:Decrypt');
    file(
      'key.json',
      policy(
        { ...allow('kms:*'), Principal: { AWS: SHOP } },
        { ...allow('kms:Decrypt'), Principal: { AWS: VENDOR } },
      ),
    );
    at(
      'ada',
      `aws kms put-key-policy --key-id ${KEY} --policy-name default --policy file://key.json`,
    ).works();
    at('val', SEALED).works();
  },
);
