import { describe, expect, test } from 'vitest';
import { checkScenario, readScenario } from '../../src/course/authoring.ts';
import { startPlayer } from '../../src/course/index.ts';
import { Learner, scenarioOf, scenarioText } from './two-readers.ts';

/** The layers offered for a denial in the first prediction. */
function offered(text: string): readonly string[] {
  const learner = new Learner(startPlayer(null, scenarioOf(text))).enter(4).choose(1);
  const { ask } = learner.view;
  return ask.kind === 'choose' ? ask.options : [];
}

test('only layers that the world can have are offered', () => {
  const withoutBucket = ['Identity', 'The permissions boundary', "The resource's own", 'A session policy'];
  const begin = (text: string): readonly string[] =>
    offered(text).map((words) => withoutBucket.find((start) => words.startsWith(start)) ?? words);
  const bucket = 'No policy, but a rule of the service: S3 Block Public Access';
  expect(begin(scenarioText)).toEqual([...withoutBucket, bucket]);
  const member = scenarioText.replace(
    '  accounts:\n',
    '  organization: {management: "999900001111"}\n  accounts:\n    "999900001111": {name: Head office}\n',
  );
  expect(begin(member)).toEqual([
    ...withoutBucket,
    'A service control policy (SCP) of the organization',
    'A resource control policy (RCP) of the organization',
    bucket,
  ]);
  const network = scenarioText.replace(
    '      buckets:\n',
    '      vpcs: {main: {endpoints: {s3: {}}}}\n      buckets:\n',
  );
  expect(begin(network)).toEqual([...withoutBucket, 'The policy of the VPC endpoint', bucket]);
});

const KEPT_OUT = `format: 1
id: kept-out
title: Kept out
minutes: 5
summary: A public policy on a bucket that blocks public access.
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users: {ann: {policies: [AdministratorAccess]}}
      buckets:
        notes:
          objects: {today.txt: Sunny}
          policy:
            Version: "2012-10-17"
            Statement: {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::notes/*"}
          blockPublicAccess: true
    "444455556666":
      name: Wheels
      users: {dan: {policies: [AdministratorAccess]}}
start: ann
steps:
  - predict: dan-reads
    title: Dan reads
    text: The policy of \`notes\` allows everybody.
    request: {as: dan, run: "aws s3api get-object --bucket notes --key today.txt today.txt"}
    reveal: It was [denied](claim:denied/service), by no policy.
  - task: let-dan-in
    title: Let Dan in
    text: Let him in.
    goals:
      - id: reads
        text: Dan reads
        request: {as: dan, run: "aws s3api get-object --bucket notes --key today.txt today.txt"}
        expect: denied
        because: [service]
        reply: He reads.
    solution:
      - {as: ann, run: whoami}
`;

test('a denial by Block Public Access can be predicted, claimed and wanted', () => {
  const read = readScenario('kept-out.yaml', KEPT_OUT);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const whats = checkScenario(read).problems.map(({ what }) => what);
  expect(whats).toContain('Every goal holds before the task begins.');
  expect(whats.filter((what) => /layer|true here/.test(what))).toEqual([]);
  const learner = new Learner(startPlayer(null, read.scenario)).choose(1, 4, 2);
  expect(learner.says('reply-right')).toEqual([
    'You said: denied, by the rule of the service (you were sure). What happened: denied, by the rule of the service.',
  ]);
});

const TAKEN_AWAY = `format: 1
id: taken-away
title: Taken away
minutes: 5
summary: A key that is no longer good.
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess]}
        bot: {policies: [AdministratorAccess], accessKeys: [AKIAEXAMPLEBOT234567]}
start: ann
steps:
  - predict: bot-asks
    title: The bot asks
    text: The key of bot, who has AdministratorAccess, is made inactive.
    first:
      - {as: ann, run: aws iam update-access-key --user-name bot --access-key-id AKIAEXAMPLEBOT234567 --status Inactive}
    request: {as: bot, run: aws iam list-users}
    reveal: It was [rejected](claim:rejected), with [a code of its own](claim:error/InvalidClientTokenId).
  - task: take-ann-too
    title: And the second
    text: Leave bot without a key that works.
    goals:
      - id: rejected
        text: The bot is rejected
        request: {as: bot, run: aws iam list-users}
        expect: rejected
        reply: It still has a key that works.
    solution:
      - {as: ann, run: whoami}
`;

describe('a request with credentials that AWS does not accept', () => {
  const read = readScenario('taken-away.yaml', TAKEN_AWAY);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const come = () => new Learner(startPlayer(null, read.scenario)).enter();

  test('can be predicted, claimed and wanted', () => {
    const whats = checkScenario(read).problems.map(({ what }) => what);
    expect(whats).toContain('Every goal holds before the task begins.');
    expect(whats.filter((what) => /decided|true here|claim/.test(what))).toEqual([]);
    expect(come().choose(3, 2).says('reply-right')).toEqual([
      'You said: rejected (you were sure). What happened: rejected: AWS answered `InvalidClientTokenId`, and asked no policy.',
    ]);
  });

  test('was denied by no policy, whatever somebody thinks who looks for the fault in one', () => {
    expect(come().choose(1, 0, 2).says('reply-wrong')).toEqual([
      'You said: denied, by the identity policy (you were sure). What happened: rejected: AWS answered `InvalidClientTokenId`, and asked no policy.',
    ]);
  });

  test.each([
    ['[denied](claim:rejected)', '"denied" says something else than its claim.'],
    ['[rejected](claim:denied)', '"rejected" says something else than its claim.'],
  ])('a claim says what its words say: %s', (claim, what) => {
    const text = TAKEN_AWAY.replace('[rejected](claim:rejected)', claim);
    const found = readScenario('taken-away.yaml', text);
    expect('problems' in found ? found.problems.map((problem) => problem.what) : []).toEqual([what]);
  });

  test('has the claim that would be true proposed where another is made', () => {
    const text = TAKEN_AWAY.replace('[rejected](claim:rejected)', '[denied](claim:denied)');
    const found = readScenario('taken-away.yaml', text);
    if ('problems' in found) throw new Error(JSON.stringify(found.problems));
    expect(checkScenario(found).problems.map(({ mend }) => mend)).toContainEqual(
      expect.stringContaining('Write `claim:rejected`, if that is meant.'),
    );
  });
});
