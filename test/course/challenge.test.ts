import { describe, expect, test } from 'vitest';
import { checkCourse } from '../../src/course/authoring.ts';
import { startPlayer } from '../../src/course/index.ts';
import { guidedText as guided, challengeText as text } from './challenge.ts';
import { Learner, scenarioOf } from './two-readers.ts';

function problems(challenge: string) {
  return checkCourse([{ name: 'c.yaml', text: challenge }]).problems.map(({ line, what }) => {
    return `${challenge.split('\n')[line - 1]?.trim()} / ${what}`;
  });
}

describe('a challenge', () => {
  test('is sound without steps that guide, without hints and without a quiz', () => {
    expect(problems(text)).toEqual([]);
  });

  test('begins with its goals, and answers without saying why', () => {
    const learner = new Learner(startPlayer(null, scenarioOf(text)));
    expect(learner.view.ask).toEqual({ kind: 'task', hints: 0, hintsInAll: 0 });
    const wide = `aws iam put-user-policy --user-name bob --policy-name read --policy-document '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}'`;
    learner.type(wide);
    expect(learner.goals).toBe('reads:met private:unmet only-reads:met');
    expect(learner.view.goals[1]?.feedback).toBe(
      'This held before. Bob reads the salaries as well. Look at the resource of your statement.',
    );
    learner.type('as bob', 'aws s3api delete-object --bucket reading-room --key public/hours.txt');
    expect(learner.turn).toMatchObject({ output: expect.stringContaining('AccessDenied'), attempts: [] });
    learner.type('why');
    expect(learner.turn).toMatchObject({ output: expect.stringContaining('no `why`'), showDecision: null });
  });

  test('says when AWS allowed a request and could not do it, and that undo helps who has used it up', () => {
    const makesUser = text.replace(
      /- id: only-reads[\s\S]*?reply: .*\n/,
      `- id: only-reads
        text: "\`bob\` makes the user \`zed\`"
        request: {as: bob, run: aws iam create-user --user-name zed}
        expect: allowed
        reply: Bob must be able to.
`,
    );
    const learner = new Learner(startPlayer(null, scenarioOf(makesUser)));
    const feedback = () => learner.view.goals.find(({ id }) => id === 'only-reads')?.feedback;
    learner.type(
      `aws iam put-user-policy --user-name bob --policy-name all --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reading-room/public/*"}]}'`,
      'as bob',
    );
    expect(learner.goals).toContain('only-reads:met');
    learner.type('aws iam create-user --user-name zed');
    expect(feedback()).toMatch(
      /^This held before\. Bob must be able to\. AWS allowed it and could not do it \(`EntityAlreadyExists`\): .*\. `undo` takes back what you tried\.$/,
    );
    learner.type('undo');
    expect(learner.goals).toContain('only-reads:met');
  });

  test('says when AWS could not do it, and of no undo where nothing was used up', () => {
    const learner = new Learner(
      startPlayer(
        null,
        scenarioOf(text.replaceAll('--bucket reading-room --key public', '--bucket new-room --key public')),
      ),
    );
    learner.type(
      `aws iam attach-user-policy --user-name bob --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess`,
    );
    expect(learner.snapshot.context.goals[0]?.feedback).toMatch(/Bob cannot read .*`NoSuchBucket`\): [^`]*$/);
  });

  test('guides nowhere', () => {
    expect(problems(guided.replace('\nworld:', '\nchallenge: true\nworld:'))).toEqual([
      '- say: the-room / A challenge has tasks alone.',
      expect.stringMatching(/^- {when: reads.* A challenge gives no hints\.$/),
    ]);
  });
});
