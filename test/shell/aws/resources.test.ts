import { expect, test } from 'vitest';
import { buildWorld, findActor } from '../../../src/cloud/index.ts';
import type { AccountSpec } from '../../../src/cloud/world-spec.ts';
import { decisionText, eventInspection, openSession } from '../../../src/shell/index.ts';
import type { Session } from '../../../src/shell/session.ts';
import { ACCOUNT, run } from '../company.ts';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const SEND = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    },
  ],
};

const COMPANY: AccountSpec = {
  name: 'company',
  users: { admin: { policies: ['AdministratorAccess'] } },
  roles: { Job: { trust: TRUST, policies: ['AmazonS3ReadOnlyAccess'] } },
  kmsKeys: { vault: {} },
  queues: { inbox: { policy: SEND } },
  topics: { news: { queues: ['inbox'] } },
  functions: { report: { role: 'Job', code: 's3:ListBuckets {}\niam:ListUsers {}' } },
  buckets: { assets: { objects: { a: 'hello' } }, backup: {} },
};

function open(files: Readonly<Record<string, string>> = {}): Session {
  const built = buildWorld({ clock: '2026-03-02T09:00:00Z', seed: 'x', accounts: { [ACCOUNT]: COMPANY } });
  const actor = 'world' in built ? findActor(built.world, 'admin') : undefined;
  if (!('world' in built) || actor === undefined) throw new Error(JSON.stringify(built));
  return openSession({ world: built.world, actor, files });
}

test('a text is encrypted from a file and decrypted with the same context', () => {
  const session = open({ 'secret.txt': 'payroll' });
  const encrypted = run(
    session,
    'aws kms encrypt --key-id alias/vault --plaintext fileb://secret.txt --encryption-context team=red,stage=prod --query CiphertextBlob --output text',
  );
  expect(encrypted.exit).toBe(0);
  const decrypt = `aws kms decrypt --ciphertext-blob ${encrypted.output} --query Plaintext --output text`;
  const opened = run(session, `${decrypt} --encryption-context stage=prod,team=red`).output;
  expect(Buffer.from(opened, 'base64').toString()).toBe('payroll');
  expect(run(session, decrypt)).toMatchObject({
    exit: 254,
    output: expect.stringContaining('(InvalidCiphertextException) when calling the Decrypt operation'),
  });
  const raw = run(
    session,
    'aws kms encrypt --key-id alias/vault --plaintext payroll! --cli-binary-format raw-in-base64-out',
  );
  expect(raw.attempts[0]?.request.input).toMatchObject({ Plaintext: btoa('payroll!') });
  expect(run(session, 'aws kms list-keys --cli-binary-format hex').output).toContain(
    'argument --cli-binary-format: Invalid choice',
  );
  expect(run(session, 'aws kms encrypt --key-id alias/vault --plaintext payroll!').output).toContain(
    'Invalid base64',
  );
});

test('a function is made from a file, invoked, and every request of it can be asked about', () => {
  const session = open({ 'code.txt': 's3:ListBuckets {}' });
  const made = run(
    session,
    `aws lambda create-function --function-name list --role arn:aws:iam::${ACCOUNT}:role/Job --runtime nodejs22.x --handler index.handler --zip-file fileb://code.txt --tags team=red`,
    'aws lambda invoke --function-name list out.json',
  );
  expect(JSON.parse(made.output)).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(made.session.now.files['out.json']).toContain('"Name":"assets"');
  const failed = run(session, 'aws lambda invoke --function-name report out.json').session;
  expect(failed.now.files['out.json']).toContain(
    'An error occurred (AccessDenied) when calling the ListUsers operation',
  );
  const [first, second, third] = [1, 2, 3].map((event) => eventInspection(failed, event));
  expect(first && decisionText(first)).toContain('lambda:InvokeFunction');
  expect(second && decisionText(second)).toContain(`assumed-role/Job/report`);
  expect(third && decisionText(third)).toMatch(/iam:ListUsers[\s\S]*denied/);
});

test('what SNS delivers can be asked about as well', () => {
  const published = run(
    open(),
    `aws sns publish --topic-arn arn:aws:sns:us-east-1:${ACCOUNT}:news --message hi`,
  ).session;
  const delivery = eventInspection(published, 2);
  expect(delivery && decisionText(delivery)).toMatch(
    /Principal: sns.amazonaws.com[\s\S]*queue policy of inbox/,
  );
  const url = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/inbox`;
  expect(run(published, `aws sqs receive-message --queue-url ${url}`).output).toContain(
    '\\"Message\\":\\"hi\\"',
  );
});

test('nested options are typed in shorthand or JSON', () => {
  const session = run(
    open(),
    'aws s3api put-public-access-block --bucket assets --public-access-block-configuration BlockPublicAcls=true,BlockPublicPolicy=false',
    "aws s3api put-object-tagging --bucket assets --key a --tagging 'TagSet=[{Key=class,Value=open}]'",
    `aws s3api put-bucket-encryption --bucket assets --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms"}}]}'`,
  ).session;
  expect(session.now.world.accounts[ACCOUNT]?.buckets.assets).toMatchObject({
    publicAccessBlock: { BlockPublicAcls: true, BlockPublicPolicy: false },
    objects: { a: { tags: { class: 'open' } } },
    encryption: { algorithm: 'aws:kms' },
  });
  const launched = run(
    session,
    "aws ec2 run-instances --image-id ami-00000001 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=new}]'",
  );
  expect(launched.output).toContain('"Value": "new"');
  const launch = 'aws ec2 run-instances --image-id ami-00000001 --metadata-options';
  for (const options of ['HttpPutResponseHopLimit=1', `'{"HttpPutResponseHopLimit":1}'`]) {
    expect(run(session, `${launch} ${options}`).output).toContain('"HttpPutResponseHopLimit": 1');
  }
  expect(run(session, `${launch} HttpPutResponseHopLimit=one`).output).toBe(
    "Parameter validation failed:\nInvalid type for parameter MetadataOptions.HttpPutResponseHopLimit, value: one, type: <class 'str'>, valid types: <class 'int'>",
  );
});

test('cp copies from bucket to bucket', () => {
  const copied = run(open(), 'aws s3 cp s3://assets/a s3://backup/copies/');
  expect(copied).toMatchObject({ exit: 0, output: 'copy: s3://assets/a to s3://backup/copies/a' });
  expect(copied.attempts.map(({ request }) => request.operation)).toEqual(['s3:HeadObject', 's3:CopyObject']);
  expect(run(open(), 'aws s3 cp s3://assets/none s3://backup')).toMatchObject({
    exit: 1,
    output:
      'fatal error: An error occurred (404) when calling the HeadObject operation: Key "none" does not exist',
  });
  expect(run(open(), 'aws s3 cp s3://assets/a s3://nowhere').output).toMatch(
    /^copy failed: s3:\/\/assets\/a to s3:\/\/nowhere\/a An error occurred \(NoSuchBucket\) when calling the CopyObject/,
  );
  expect(run(open(), 'aws s3 cp s3://assets s3://backup').output).toContain(
    'Invalid length for parameter Key',
  );
});
