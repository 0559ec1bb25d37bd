import { describe, expect, test } from 'vitest';
import { restorePlayer, savePlayer, startPlayer, viewOf } from '../../src/course/index.ts';
import {
  Learner,
  lessonOf,
  lessonText,
  letBobRead,
  scenarioOf,
  scenarioText,
  wholeWay,
} from './two-readers.ts';

const lesson = lessonOf(lessonText);
const scenario = scenarioOf(scenarioText);
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a player saved and restored', () => {
  test('shows the same at every step, and takes the rest of the way', () => {
    const learner = new Learner(startPlayer(lesson, scenario));
    for (const [index, event] of wholeWay.entries()) {
      const { snapshot, changed } = restorePlayer(
        throughJson(savePlayer(learner.snapshot)),
        lesson,
        scenario,
      );
      expect(changed).toBe(false);
      expect(viewOf(snapshot)).toEqual(learner.view);
      if (index % 6 === 0) {
        expect(new Learner(snapshot).do(...wholeWay.slice(index)).view.part).toBe('closing');
      }
      learner.do(event);
    }
  });

  test('still undoes and explains what was done before', () => {
    const learner = new Learner().do(...wholeWay.slice(0, 13)).type('aws iam create-user --user-name zed');
    const { snapshot } = restorePlayer(throughJson(savePlayer(learner.snapshot)), lesson, scenario);
    const again = new Learner(snapshot).type('why');
    expect(again.turn?.output).toContain('iam:CreateUser');
    again.type('undo');
    expect(again.snapshot.context.session.log).toEqual(
      new Learner().do(...wholeWay.slice(0, 13)).snapshot.context.session.log,
    );
  });
});

describe('a player restored into a changed scenario', () => {
  const added = scenarioText.replace(
    'steps:\n',
    'steps:\n  - say: before-all\n    title: Before all\n    text: New here.\n    demo:\n      - { as: ann, run: aws iam create-user --user-name zoe }\n',
  );
  const changedScenario = scenarioOf(added);

  test('keeps its step by id, in a world the author’s run has made', () => {
    const learner = new Learner().do(...wholeWay.slice(0, 13));
    const { snapshot, changed } = restorePlayer(
      throughJson(savePlayer(learner.snapshot)),
      lesson,
      changedScenario,
    );
    expect(changed).toBe(true);
    const again = new Learner(snapshot);
    expect(again.view.step).toMatchObject({ id: 'let-bob-read', number: 5, of: 7 });
    expect(Object.keys(snapshot.context.session.now.world.accounts['111122223333']?.users ?? {})).toContain(
      'zoe',
    );
    expect(again.goals).toBe('reads:unmet private:met eve-out:met');
    expect(snapshot.context.predictions).toEqual(learner.snapshot.context.predictions);
  });

  test('does again what was done at a task, so that an author who mends its text loses nothing', () => {
    const learner = new Learner().do(...wholeWay.slice(0, 13)).type('as bob', 'whoami', 'as ann');
    learner.type(letBobRead('public/*'), letBobRead('*'));
    const { snapshot } = restorePlayer(throughJson(savePlayer(learner.snapshot)), lesson, changedScenario);
    const again = new Learner(snapshot);
    expect(again.goals).toBe('reads:met private:unmet eve-out:met');
    expect(again.type('undo').goals).toBe('reads:met private:met eve-out:met');
    expect(again.view.ask).toEqual({ kind: 'continue' });
  });

  test('keeps a place after the task: the author’s solution stands in for the learner’s', () => {
    const learner = new Learner().do(...wholeWay.slice(0, 17));
    expect(learner.view.step.id).toBe('bob-again');
    const { snapshot } = restorePlayer(throughJson(savePlayer(learner.snapshot)), lesson, changedScenario);
    const again = new Learner(snapshot);
    expect(again.view.step.id).toBe('bob-again');
    expect(again.choose(0, 0).says('reply-right')).toHaveLength(1);
  });

  test('goes to the nearest step when its own is gone', () => {
    const learner = new Learner().do(...wholeWay.slice(0, 13));
    const renamed = scenarioOf(scenarioText.replace('task: let-bob-read', 'task: bob-may-read'));
    const { snapshot } = restorePlayer(throughJson(savePlayer(learner.snapshot)), lesson, renamed);
    expect(new Learner(snapshot).view.step.id).toBe('bob-may-read');
  });

  test('keeps its question of the quiz, what was answered, and the end', () => {
    const inQuiz = new Learner().do(...wholeWay.slice(0, -4));
    const { snapshot } = restorePlayer(throughJson(savePlayer(inQuiz.snapshot)), lesson, changedScenario);
    expect(viewOf(snapshot).step).toMatchObject({ id: 'q3' });
    expect(snapshot.context.answers).toEqual(inQuiz.snapshot.context.answers);
    const atEnd = new Learner().do(...wholeWay);
    const end = restorePlayer(throughJson(savePlayer(atEnd.snapshot)), lesson, changedScenario);
    expect(viewOf(end.snapshot)).toEqual(atEnd.view);
  });
});

test.each([null, 7, {}, { format: 1, version: scenario.version, part: 'scenario', at: 'hello' }])(
  'what is no saved player starts from the beginning: %j',
  (saved) => {
    const { snapshot, changed } = restorePlayer(saved, lesson, scenario);
    expect(changed).toBe(true);
    expect(viewOf(snapshot)).toEqual(new Learner().view);
  },
);

test('a state the player does not know is read as a change of the scenario', () => {
  const learner = new Learner().do(...wholeWay.slice(0, 13));
  const saved = { ...savePlayer(learner.snapshot), value: { scenario: 'dancing' } };
  const { snapshot, changed } = restorePlayer(throughJson(saved), lesson, scenario);
  expect(changed).toBe(true);
  expect(viewOf(snapshot).step.id).toBe('let-bob-read');
});
