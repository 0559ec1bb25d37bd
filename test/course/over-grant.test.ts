import { expect, test } from 'vitest';
import { atOnce } from '../../src/cloud/in-parts.ts';
import { overGrantAdvice, type PlayerSnapshot, startPlayer } from '../../src/course/index.ts';
import { Learner, letBobRead, scenarioOf, scenarioText, wholeWay } from './two-readers.ts';

/** Somebody who has come to the task. */
function atTheTask(text = scenarioText): Learner {
  const hint = wholeWay.findIndex(({ type }) => type === 'hint.asked');
  return new Learner(startPlayer(null, scenarioOf(text))).do(...wholeWay.slice(2, hint));
}

function allow(action: string, resource: string): string {
  return letBobRead(resource).replace('s3:GetObject', action);
}

function adviceFor(snapshot: PlayerSnapshot): string | null {
  return atOnce(overGrantAdvice(snapshot));
}

test('what is granted too much is shown with a request beside one that is needed, once the goals hold', () => {
  const learner = atTheTask().type(allow('s3:*', 'public/*'));
  expect(learner.goals).toBe('reads:met private:met eve-out:met');
  const advice = adviceFor(learner.snapshot);
  expect(advice).toMatch(
    /^Your change allows more than it has to: `bob` may `s3:\w+` on `notes\/public\/today.txt`. It differs in one thing, the action, from what is needed: `bob` may `s3:GetObject` on `notes\/public\/today.txt`. You may go on/,
  );
  learner.do({ type: 'advice.found', advice: advice ?? '' });
  expect(learner.says('advice')).toEqual([advice]);
  expect(learner.view.ask).toEqual({ kind: 'continue' });
  // It is said once, and of this world only.
  expect(adviceFor(learner.snapshot)).toBeNull();
  expect(learner.type(letBobRead('public/*')).says('advice')).toEqual([]);
  expect(adviceFor(learner.snapshot)).toBeNull();
});

test('where a goal fails because too much is granted, the request is shown as well', () => {
  const learner = atTheTask().type(letBobRead('*'));
  expect(learner.goals).toBe('reads:met private:unmet eve-out:met');
  expect(adviceFor(learner.snapshot)).toBe(
    'Your change allows more than it has to: `bob` may `s3:GetObject` on `notes/private/diary.txt`. It differs in one thing, the resource, from what is needed: `bob` may `s3:GetObject` on `notes/public/today.txt`. Find the statement that grants it, and grant less.',
  );
});

test('another way that grants just as much is no over-grant, nor is a thing that only the learner made', () => {
  const learner = atTheTask().type(
    letBobRead('public/*'),
    'aws s3api create-bucket --bucket anns-own',
    'aws iam create-user --user-name carol',
    'aws iam attach-user-policy --user-name carol --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  );
  expect(learner.goals).toBe('reads:met private:met eve-out:met');
  expect(adviceFor(learner.snapshot)).toBeNull();
});

test('as long as something is missing, that comes first', () => {
  expect(adviceFor(atTheTask().snapshot)).toBeNull();
  expect(adviceFor(atTheTask().type(allow('s3:*', 'private/*')).snapshot)).toBeNull();
});

test('what an alternative grants is right too', () => {
  const text = scenarioText.replace('"Action":"s3:GetObject","Resource"', '"Action":"s3:*","Resource"');
  expect(text).not.toBe(scenarioText);
  expect(adviceFor(atTheTask(text).type(allow('s3:*', 'public/*')).snapshot)).toBeNull();
});

/** The scenario in which Bob has a policy from the start, which every way to do the task takes from him. */
function withWidePolicy(action: string, objects: string): string {
  const policy = `{Version: "2012-10-17", Statement: {Effect: Allow, Action: "${action}", Resource: "arn:aws:s3:::notes/${objects}"}}`;
  const takesAway = 'aws iam delete-user-policy --user-name bob --policy-name wide';
  return scenarioText
    .replace('bob: {}', `bob: {inline: {wide: ${policy}}}`)
    .replace(/(solution:\n)/, `$1      - { as: ann, run: ${takesAway} }\n`)
    .replace(/(alternatives:[\s\S]*?run:\n)/, `$1          - { as: ann, run: ${takesAway} }\n`);
}

test('what was allowed before the task began is no change of the learner', () => {
  const text = withWidePolicy('s3:PutObject', 'public/*');
  const advice = adviceFor(atTheTask(text).type(letBobRead('public/*')).snapshot);
  expect(advice).toMatch(/^This is still allowed, and need not be: `bob` may `s3:PutObject` on/);
  expect(advice).toMatch(/You may go on, or grant less first\.$/);
});

test('while a goal is open, nothing is said of what stood open before the learner came', () => {
  const text = withWidePolicy('s3:*', 'private/*');
  const learner = atTheTask(text).type(letBobRead('public/*'));
  expect(learner.goals).toBe('reads:met private:unmet eve-out:met');
  expect(adviceFor(learner.snapshot)).toBeNull();
});

/** Bob reads what is public, and may do something else besides. */
function besides(action: string, resource: string): string {
  const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [statement('s3:GetObject', 'arn:aws:s3:::notes/public/*'), statement(action, resource)];
  const policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return `aws iam put-user-policy --user-name bob --policy-name read --policy-document '${policy}'`;
}

test('making a bucket of a name that is taken is no grant worth telling; of a new name it is', () => {
  const create = (resource: string) =>
    adviceFor(atTheTask().type(besides('s3:CreateBucket', resource)).snapshot);
  expect(create('arn:aws:s3:::notes')).toBeNull();
  expect(create('arn:aws:s3:::*')).toBe(
    'Your change allows more than it has to: `bob` may `s3:CreateBucket` on `any-other` (there is nothing of that name yet). You may go on, or grant less first.',
  );
});

test('what everybody may always do is not called needed', () => {
  const advice = adviceFor(atTheTask().type(besides('s3:ListAllMyBuckets', '*')).snapshot);
  expect(advice).toBe(
    'Your change allows more than it has to: `bob` may `s3:ListAllMyBuckets` on `*`. You may go on, or grant less first.',
  );
});

test('a user whom nobody has made yet, and a goal asks to be made, is what is needed', () => {
  const make = (users: string) => {
    const Resource = `arn:aws:iam::111122223333:user/${users}`;
    const policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'iam:CreateUser', Resource },
    };
    return `aws iam put-user-policy --user-name bob --policy-name make --policy-document '${JSON.stringify(policy)}'`;
  };
  const goal = `
      - id: makes
        text: Bob makes a reader
        request: { as: bob, run: aws iam create-user --path /readers/ --user-name nick }
        expect: allowed
        reply: Bob cannot make a reader yet.
`;
  const text = scenarioText
    .replace('goals:\n', () => `goals:${goal}`)
    .replace(
      'solution:\n',
      () => `solution:\n      - as: ann\n        run: >-\n          ${make('readers/*')}\n`,
    );
  expect(adviceFor(atTheTask(text).type(letBobRead('public/*'), make('*')).snapshot)).toBe(
    'Your change allows more than it has to: `bob` may `iam:CreateUser` on `user/any-other` (there is nothing of that name yet). It differs in one thing, the resource, from what is needed: `bob` may `iam:CreateUser` on `user/readers/nick`. You may go on, or grant less first.',
  );
});
