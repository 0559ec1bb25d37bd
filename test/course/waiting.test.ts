import { expect, test } from 'vitest';
import { doLines, playStepAsAuthor } from '../../src/course/author-run.ts';
import { startPlayer } from '../../src/course/index.ts';
import { ownCourse } from './own-course.ts';
import { Learner, scenarioOf, scenarioText } from './two-readers.ts';

/** Our lesson on a leaked key as somebody comes to a step, and waits there. */
function leakedKey(step: string, wait: string): Learner {
  const scenario = ownCourse.scenarios.find(({ id }) => id === 'leaked-key');
  if (scenario === undefined) throw new Error('There is no such scenario.');
  const learner = new Learner(startPlayer(null, scenario));
  while (learner.view.step.id !== step) learner.snapshot = playStepAsAuthor(learner.snapshot);
  return learner.type(wait);
}

test('a line that names the time of now has the time at which it runs, as it is shown and as it is sent', () => {
  const now = ['$', '{now}'].join('');
  const text = scenarioText.replace('run: wait 1h, note', `run: "curl http://time/${now}", note`);
  const learner = new Learner(startPlayer(null, scenarioOf(text))).enter(3);
  expect(learner.view.ask).toEqual({ kind: 'run', as: 'ann', line: 'curl http://time/2026-03-02T09:00:00Z' });
  expect(learner.enter().turn?.line).toBe('curl http://time/2026-03-02T09:00:00Z');
});

test('whoever waits for a day before the keys are revoked reads what is true', () => {
  const learner = leakedKey('same-shop-on-a-role', 'wait 26h');
  while (learner.view.step.id !== 'revoke-later') {
    learner.snapshot = playStepAsAuthor(learner.snapshot);
    expect(learner.snapshot.context.differs.text).toBeNull();
  }
  expect(learner.snapshot.context.predictions['revoke-now']?.observed).toMatchObject({
    outcome: 'denied',
    layers: ['identity'],
  });
});

test.each(['13h', '40h'])(
  'whoever waits for %s can still stop a session that has run out by then',
  (long) => {
    const learner = leakedKey('playbook', `wait ${long}`);
    const step = learner.snapshot.context.scenario.steps.find(({ id }) => id === 'playbook');
    if (step?.kind !== 'task') throw new Error('There is no such task.');
    const stateOf = (goal: string) => learner.view.goals.find(({ id }) => id === goal)?.state;
    expect(stateOf('session-stopped')).toBe('unmet');
    expect(learner.view.goals.flatMap(({ feedback }) => feedback ?? [])).toEqual([
      expect.stringMatching(/This is what they could do as long as they were good\.\)$/),
    ]);
    learner.snapshot = doLines(learner.snapshot, step.solution);
    expect(stateOf('session-stopped')).toBe('met');
    expect(learner.goals).not.toContain('unmet');
  },
);

test('whoever waits until a session has run out sees AWS reject it, where the lesson sees it go through', () => {
  const learner = leakedKey('the-session', 'wait 13h').choose(3, 2);
  expect(learner.says('reply-right')).toEqual([
    'You said: rejected (you were sure). What happened: rejected: AWS answered `ExpiredToken`, and asked no policy.',
  ]);
  expect(learner.says('reveal')).toEqual([
    "Your world differs from the lesson's here. AWS did not accept the credentials (`ExpiredToken`), so no policy was asked.",
  ]);
});
