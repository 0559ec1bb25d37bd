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
      'Bob reads the salaries as well. Look at the resource of your statement.',
    );
    learner.type('as bob', 'aws s3api delete-object --bucket reading-room --key public/hours.txt');
    expect(learner.turn).toMatchObject({ output: expect.stringContaining('AccessDenied'), attempts: [] });
    learner.type('why');
    expect(learner.turn).toMatchObject({ output: expect.stringContaining('no `why`'), showDecision: null });
  });

  test('guides nowhere', () => {
    expect(problems(guided.replace('\nworld:', '\nchallenge: true\nworld:'))).toEqual([
      '- say: the-room / A challenge has tasks alone.',
      expect.stringMatching(/^- {when: reads.* A challenge gives no hints\.$/),
    ]);
    expect(problems(guided.replace('\nworld:', '\nhide: [why]\nworld:'))).toEqual([
      'hide: [why] / Only a challenge hides `why`.',
    ]);
  });
});
