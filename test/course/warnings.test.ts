import { describe, expect, test } from 'vitest';
import { checkCourse } from '../../src/course/authoring.ts';
import { scenarioText } from './two-readers.ts';

/** What a text that is sound is warned of, each as `line: words`. */
function warnings(text: string): readonly string[] {
  expect(text).not.toBe(scenarioText);
  const report = checkCourse([{ name: 'two-readers.yaml', text }]);
  expect(report.problems).toEqual([]);
  return report.warnings.map(({ line, what, mend }) => `${line}: ${what} / ${mend}`);
}

/** With something more in the account, one line for each. */
const withParts = (...parts: readonly string[]) =>
  scenarioText.replace(
    '      buckets:',
    [...parts.map((part) => `      ${part}`), '      buckets:'].join('\n'),
  );

describe('a part of the world that nothing names', () => {
  test.each([
    [
      'roles: {idle: {trust: {Version: "2012-10-17", Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}}}}',
      'idle',
    ],
    ['vpcs: {idle: {}}', 'idle'],
    ['kmsKeys: {idle: {}}', 'idle'],
    ['secrets: {team/idle: {text: x}}', 'team/idle'],
    ['instanceProfiles: {idle: null}', 'idle'],
  ])('is worth a look: %s', (part, name) => {
    expect(warnings(withParts(part))).toEqual([
      `17: Nothing in the scenario names \`${name}\`. / Delete it, or give it a part.`,
    ]);
  });

  test('is not what goes by its id', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const text = withParts(`kmsKeys: {seal: {id: ${id}}}`).replace(
      'Bob reads the diary.',
      `Bob reads the diary. ${id}`,
    );
    expect(warnings(text)).toEqual([]);
  });
});

describe('what AWS does not have', () => {
  const ann = 'ann: { policies: [AdministratorAccess] }';
  const policy = (statement: string) =>
    `{Version: "2012-10-17", Statement: {Effect: Allow, Resource: "*", ${statement}}}`;
  const annMay = (statement: string) =>
    scenarioText.replace(
      ann,
      `ann: { policies: [AdministratorAccess], inline: {own: ${policy(statement)}} }`,
    );
  const END = '/ In a policy it stands for nothing. Mend it, unless that is the story.';

  test.each([
    ['Action: "s3:GetObjct"', 'There is no action s3:GetObjct. Did you mean s3:GetObject?'],
    [
      'Action: ["s3:GetObject", "dynamo:GetItem"]',
      'There is no service with the prefix dynamo. Did you mean dynamodb:GetItem?',
    ],
    [
      'Action: "s3:GetObject", Condition: {StringEquals: {"aws:SurceAccount": "1"}}',
      'There is no condition key aws:SurceAccount. Did you mean aws:SourceAccount?',
    ],
  ])('in a policy of the world is worth a look: %s', (statement, what) => {
    expect(warnings(annMay(statement))).toEqual([`12: ${what} ${END}`]);
  });

  test('is found in resource policies and in solutions as well, and left alone in near misses', () => {
    const queue = withParts(
      `queues: {notes: {policy: ${policy('Action: "sqs:SendMessge", Principal: {AWS: "111122223333"}')}}}`,
    );
    expect(warnings(queue)).toEqual([
      `17: There is no action sqs:SendMessge. Did you mean sqs:SendMessage? ${END}`,
    ]);
    const solution = scenarioText.replaceAll(
      '"Action": "s3:GetObject"',
      '"Action": ["s3:GetObject", "s3:Gett"]',
    );
    expect(warnings(solution)).toEqual([expect.stringContaining('There is no action s3:Gett.')]);
    const nearMiss = scenarioText.replace(
      '"Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/*"',
      '"Action":["s3:GetObject","s3:Gett"],"Resource":"arn:aws:s3:::notes/*"',
    );
    expect(warnings(nearMiss)).toEqual([]);
  });
});

describe('a sentence that tells an outcome and is tied to no request', () => {
  const says = (sentence: string) =>
    warnings(scenarioText.replace(/(reveal: It was \[allowed\]\(claim:allowed\)),/, `$1. ${sentence} It`));

  test.each([
    ['Eve was still denied.', 'was still denied'],
    ['Eve has been quietly denied.', 'been quietly denied'],
    ["Eve isn't allowed.", "isn't allowed"],
    ['It will be refused.', 'be refused'],
    ['Eve was never sent.', 'was never sent'],
    ['Denied, by a policy.', 'Denied'],
    ['AWS simply refuses this.', 'AWS simply refuses'],
  ])('is worth a look: %s', (sentence, found) => {
    expect(says(sentence)).toEqual([expect.stringContaining(`"${found}" is tied to no request.`)]);
  });

  test.each(['Was Eve denied?', 'Nobody was denied.', 'That is always allowed.', 'A policy allows it.'])(
    'is not: %s',
    (sentence) => {
      expect(says(sentence)).toEqual([]);
    },
  );
});
