import { expect, test } from 'vitest';
import { checkMutants } from '../../../src/course/authoring.ts';
import { scenarioText } from '../two-readers.ts';

function mutants(text: string) {
  const { problems, counts } = checkMutants([{ name: 'two-readers.yaml', text }]);
  const lines = text.split('\n');
  return {
    counts,
    survivors: problems.map(({ what, mend, line, column }) => ({
      what,
      mend,
      at: lines[line - 1]?.slice(column - 1),
    })),
  };
}

/** The scenario without the goal that keeps Bob from the diary. */
const careless = scenarioText.replace(/ {6}- id: private[\s\S]*?(?= {6}- id: eve-out)/, '');
const wantsPrivate = / {6}- \{ when: private[^\n]*\n/;

test('mutants that no goal notices are pointed at, with the request that tells them apart', () => {
  const { survivors } = mutants(
    careless
      .replace(wantsPrivate, '')
      .replace(/ {6}- name: the whole bucket[\s\S]*?(?= {6}- name: everybody)/, ''),
  );
  expect(survivors.map(({ what }) => what)).toContain(
    'No goal notices when `arn:aws:s3:::notes/public/*` is widened to `arn:aws:s3:::notes/*`.',
  );
  const [survivor] = survivors.filter(({ what }) => what.includes('`arn:aws:s3:::notes/*`'));
  expect(survivor?.at).toMatch(/^"arn:aws:s3:::notes\/public\/\*"/);
  expect(survivor?.mend).toContain('`bob` may `s3:GetObject` on `notes/private/diary.txt`');
});

test('a mutant with the same access map as the solution is equivalent, and no problem', () => {
  const { counts, survivors } = mutants(scenarioText);
  expect(survivors.filter(({ what }) => what.includes('notes/public*'))).toEqual([]);
  expect(counts.mutants).toBe(counts.caught + counts.equivalent + survivors.length);
  expect(counts.equivalent).toBe(1);
});

test('a policy within a command is found there', () => {
  const text = scenarioText.replace(
    /solution:[\s\S]*?(?= {4}alternatives:)/,
    `solution:
      - as: ann
        run: aws iam put-user-policy --user-name bob --policy-name read --policy-document
          '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/public/*"}}'
`,
  );
  const { survivors } = mutants(text);
  const [survivor] = survivors.filter(({ what }) => what.includes('`s3:*`'));
  expect(survivor?.what).toBe('No goal notices when `s3:GetObject` is widened to `s3:*`.');
  expect(survivor?.at).toMatch(/^"s3:GetObject","Resource"/);
});

/** A bucket that CloudTrail delivers to, and a function's role; `goals` are of the task that lets both work. */
function services(goals: readonly string[]): string {
  const document = (statement: string) => `'{"Version":"2012-10-17","Statement":[${statement}]}'`;
  const trail = (rest: string) =>
    `{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},${rest}}`;
  return `format: 1
id: services
title: Services
minutes: 5
summary: What services may do.
challenge: true
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess]}
        bob: {inline: {own: {Version: "2012-10-17", Statement: {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}}}}
      roles:
        Backup:
          trust: {Version: "2012-10-17", Statement: {Effect: Allow, Principal: {AWS: "111122223333", Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}}
          policies: [AmazonS3ReadOnlyAccess]
      functions: {backup: {role: Backup, code: "s3:ListBuckets"}}
      buckets: {logs: {}}
    "444455556666":
      name: Other
      users: {eve: {policies: [AdministratorAccess]}}
start: ann
steps:
  - task: let-services
    title: Let services work
    text: The function and the trail work, for nobody else.
    goals:
      - {id: runs, text: runs, request: {as: ann, run: aws lambda invoke --function-name backup out.json}, expect: allowed, reply: No.}
      - {id: bob, text: bob, request: {as: bob, run: "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Backup --role-session-name bob"}, expect: denied, reply: No.}
      - {id: trail, text: trail, request: {as: ann, run: aws cloudtrail create-trail --name own --s3-bucket-name logs}, expect: allowed, reply: No.}
${goals.join('\n')}
    solution:
      - as: ann
        run: |
          aws iam update-assume-role-policy --role-name Backup --policy-document ${document('{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}')}
          aws s3api put-bucket-policy --bucket logs --policy ${document(`${trail('"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::logs"')},${trail('"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}')}`)}
`;
}

const FOREIGN =
  '      - {id: foreign, text: foreign, request: {as: eve, run: aws cloudtrail create-trail --name hers --s3-bucket-name logs}, expect: error/InsufficientS3BucketPolicyException, reply: No.}';

test('a mutant that lets a service do more is found, and caught by a goal that has the service do it', () => {
  expect(mutants(services([])).survivors.map(({ what, mend }) => `${what} ${mend.split('\n')[0]}`)).toEqual([
    'No goal notices when the condition on aws:SourceAccount is dropped. It allows what the solution does not: `cloudtrail.amazonaws.com` may `s3:PutObject` on `logs/any-other` (there is nothing of that name yet).',
  ]);
  expect(mutants(services([FOREIGN])).survivors).toEqual([]);
});

test('what a service never does is no survivor', () => {
  const { survivors } = mutants(services([FOREIGN]));
  expect(survivors.filter(({ what }) => what.includes('`sts:*`') || what.includes('`s3:*`'))).toEqual([]);
});

test('a policy among the attributes of a queue is changed as well', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/bob' },
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:us-east-1:111122223333:jobs',
    },
  });
  const url = 'https://sqs.us-east-1.amazonaws.com/111122223333/jobs';
  const text = scenarioText.replace('      buckets:', '      queues: {jobs: {}}\n      buckets:').replace(
    'solution:\n',
    () => `solution:
      - as: ann
        run: |
          aws sqs set-queue-attributes --queue-url ${url} --attributes '${JSON.stringify({ Policy: policy })}'
`,
  );
  const { survivors } = mutants(text);
  expect(survivors.map(({ what }) => what)).toContain(
    'No goal notices when `sqs:SendMessage` is widened to `sqs:*`.',
  );
});
