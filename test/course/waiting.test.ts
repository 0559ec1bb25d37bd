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
  'a goal whose session has run out after %s says that a wait can be taken back',
  (long) => {
    const learner = leakedKey('playbook', `wait ${long}`);
    const step = learner.snapshot.context.scenario.steps.find(({ id }) => id === 'playbook');
    if (step?.kind !== 'task') throw new Error('There is no such task.');
    learner.snapshot = doLines(learner.snapshot, step.solution);
    const { goals } = learner.view;
    expect(goals.find(({ id }) => id === 'session-stopped')?.state).toBe('unmet');
    // The one that held before is explained first.
    const explained = goals.flatMap(({ feedback }) => feedback ?? []);
    expect(explained).toEqual([
      expect.stringMatching(/A session ends with time: `undo` takes back a wait\.$/),
    ]);
  },
);
