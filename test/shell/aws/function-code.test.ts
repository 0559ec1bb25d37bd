import { expect, test } from 'vitest';
import { complete } from '../../../src/shell/index.ts';
import { openCompany, run } from '../company.ts';

const CREATE =
  'aws lambda create-function --function-name f --runtime nodejs22.x --handler index.handler --role arn:aws:iam::111122223333:role/Runner';
const TRUST =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';
const session = run(
  openCompany('admin', { 'code.txt': 's3:ListBuckets' }),
  `aws iam create-role --role-name Runner --assume-role-policy-document '${TRUST}'`,
  'aws s3 cp code.txt s3://shop-data/f.zip',
).session;

test.each([
  '--zip-file fileb://code.txt',
  '--code S3Bucket=shop-data,S3Key=f.zip',
  `--code '{"S3Bucket":"shop-data","S3Key":"f.zip"}'`,
  '--zip-file fileb://code.txt --timeout 30 --memory-size 256 --environment Variables={A=1,B=2} --architectures arm64 --package-type Zip',
])('create-function %s', (options) => {
  const turn = run(session, `${CREATE} ${options}`, 'aws lambda get-function --function-name f');
  expect(turn.output).toContain('"CodeSize": 14');
});

test.each([
  [`${CREATE} --zip-file fileb://f.zip`, 252, "No such file or directory: 'f.zip'"],
  [`${CREATE} --zip-file fileb://f.zip`, 252, 'The code of a function here is a text file'],
  [`${CREATE} --zip-file file://code.txt`, 252, '--zip-file must be a zip file with the fileb:// prefix.'],
  [`${CREATE} --zip-file code.txt`, 252, 'Example usage:  --zip-file fileb://path/to/file.zip'],
  [CREATE, 255, 'Nothing was sent: Where is the code?'],
  [`${CREATE} --code ImageUri=x`, 255, 'Functions from container images are not simulated here'],
  ['aws lambda create-function help', 0, '--zip-file <fileb://…>'],
])('%s says what the code is: %s', (line, exit, text) => {
  const turn = run(session, line);
  expect([turn.exit, turn.output]).toEqual([exit, expect.stringContaining(text)]);
  expect(turn.session.now.world.trail).toEqual(session.now.world.trail);
});

test('Tab knows the objects that may hold code', () => {
  const line = 'aws lambda update-function-code --function-name f --s3-bucket shop-data --s3-key f';
  expect(complete(session, line)).toEqual(['f.zip']);
});
