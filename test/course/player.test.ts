import { describe, expect, test } from 'vitest';
import { progressOf, startPlayer } from '../../src/course/index.ts';
import { Learner, letBobRead, scenarioOf, scenarioText, wholeWay } from './two-readers.ts';

const atStep = (events: number): Learner => new Learner().do(...wholeWay.slice(0, events));
const several = scenarioText.replace('run: whoami, note:', 'run: "whoami\\naws s3 ls", note:');
/** Events until the learner stands at the beginning of a step. */
const upTo = { hello: 2, nobody: 5, bobReads: 9, task: 13 };

describe('concept pages', () => {
  test('come first, each with its heading as title', () => {
    const learner = new Learner();
    expect(learner.view).toMatchObject({
      part: 'concept',
      step: { title: 'A request', number: 1, of: 2 },
      ask: { kind: 'continue' },
      session: null,
    });
    expect(learner.says('text')).toEqual(['Somebody asks.']);
    expect(learner.enter().view.step).toMatchObject({ title: 'An answer', number: 2 });
    expect(learner.enter().view).toMatchObject({ part: 'scenario', step: { id: 'hello', number: 1, of: 6 } });
  });

  test('are left out when a scenario is played by itself', () => {
    const learner = new Learner(startPlayer(null, scenarioOf(scenarioText)));
    expect(learner.view).toMatchObject({
      part: 'scenario',
      lesson: { id: 'two-readers', title: 'Two readers' },
    });
  });
});

describe('a step that is read', () => {
  test('runs its lines one at a time, and says each one’s note after it', () => {
    const learner = atStep(upTo.hello);
    expect(learner.view.ask).toEqual({ kind: 'run', as: 'ann', line: 'whoami' });
    expect(learner.says('text')).toEqual(['An administrator may read everything.']);
    expect(learner.says('demo')).toEqual([]);
    learner.enter();
    expect(learner.turn).toMatchObject({ line: 'whoami', as: 'ann' });
    expect(learner.turn?.output).toContain('ann');
    expect(learner.says('demo')).toEqual(['It is Ann.']);
    learner.enter();
    expect(learner.turn?.output).toContain('PRE');
    expect(learner.says('demo')).toEqual(['It is Ann.', 'Two folders.']);
    expect(learner.view.ask).toEqual({ kind: 'continue' });
    expect(learner.enter().view.step.id).toBe('nobody');
  });

  test('says the note of several commands after the last of them', () => {
    const learner = new Learner(startPlayer(null, scenarioOf(several))).enter();
    expect(learner.turn?.line).toBe('whoami');
    expect(learner.says('demo')).toEqual([]);
    expect(learner.enter().says('demo')).toEqual(['It is Ann.']);
  });

  test('answers what a line asks, and never asks the learner', () => {
    const asking = (answers: string) =>
      scenarioText.replace('run: whoami, note:', `run: "aws configure${answers}", note:`);
    const answered = new Learner(startPlayer(null, scenarioOf(asking('\\n>\\n>\\n>\\n> text')))).enter();
    expect(answered.turn).toMatchObject({ line: 'aws configure', asks: null });
    expect(answered.turn?.output).toMatch(/Default output format \[None\]: text$/);
    const open = new Learner(startPlayer(null, scenarioOf(asking('')))).enter();
    expect(open.turn).toMatchObject({ asks: null });
    expect(open.turn?.output).toMatch(/without an answer\. Nothing was done\.$/);
  });

  test('keeps what its lines did from undo', () => {
    const learner = atStep(upTo.hello).enter(2);
    const { log } = learner.snapshot.context.session;
    learner.type('undo');
    expect(learner.snapshot.context.session.log).toEqual(log);
  });
});

describe('a prediction', () => {
  test('of something denied asks for the outcome, the layer and how sure one is', () => {
    const learner = atStep(upTo.bobReads);
    expect(learner.view.ask).toMatchObject({ kind: 'choose', request: { as: 'bob' } });
    learner.choose(1);
    expect(learner.view.ask).toMatchObject({ kind: 'choose', question: 'What denies it?' });
    learner.choose(1);
    expect(learner.view.ask).toMatchObject({ options: ['A guess', 'I think so', 'Sure'] });
    expect(learner.turn).toBeNull();
    learner.choose(0);
    expect(learner.turn).toMatchObject({ as: 'bob', attempts: [{ answer: { kind: 'denied' } }] });
    expect(learner.says('reply-wrong')).toEqual([
      'You said: denied, by the permissions boundary (a guess). What happened: denied, by the identity policy.',
    ]);
    expect(learner.says('reveal')).toEqual(['It was denied, for nobody said yes. Ann may.']);
    expect(learner.snapshot.context.predictions['bob-reads']?.right).toBe(false);
  });

  test('of anything else asks for no layer', () => {
    const learner = atStep(upTo.nobody);
    expect(learner.view.ask).toMatchObject({ kind: 'run', line: 'wait 1h' });
    learner.enter().choose(2);
    expect(learner.view.ask).toMatchObject({ question: 'How sure are you?' });
    learner.choose(2);
    expect(learner.says('reply-right')).toHaveLength(1);
    expect(learner.says('reveal')).toEqual(['It was never sent.']);
  });

  test('is asked when the lines before it were run, not with the text above them', () => {
    const asking = scenarioText.replace(
      'text: No credentials are on `web-1`.',
      'text: "No credentials are on `web-1`.\\n\\nAn hour later it asks.\\n\\nIt reads. What happens?"',
    );
    const learner = new Learner(startPlayer(null, scenarioOf(asking))).enter(3);
    expect(learner.says('text')).toEqual(['No credentials are on `web-1`.\n\nAn hour later it asks.']);
    learner.enter();
    expect(learner.view.passages.map(({ kind }) => kind)).toEqual(['text', 'demo', 'text']);
    expect(learner.says('text')[1]).toBe('It reads. What happens?');
  });

  test('really sends its request: it is in the trail, and why explains it', () => {
    const learner = atStep(upTo.bobReads).choose(1, 0, 1);
    expect(learner.snapshot.context.session.now.world.trail.at(-1)).toMatchObject({
      operation: 's3:GetObject',
      outcome: { kind: 'denied' },
    });
    learner.type('why');
    expect(learner.turn?.output).toContain('s3:GetObject');
  });

  test('whose reveal is untrue in this world gets the engine’s explanation instead', () => {
    const learner = atStep(upTo.bobReads).type(letBobRead('public/*')).choose(1, 0, 1);
    const [reveal = ''] = learner.says('reveal');
    expect(reveal).toContain("Your world differs from the lesson's here.");
    expect(reveal).toContain('granted by `read`');
  });

  test('takes nothing that was not offered', () => {
    const learner = atStep(upTo.bobReads);
    const before = learner.snapshot;
    expect(learner.choose(4, -1).enter().do({ type: 'hint.asked' }).snapshot).toBe(before);
  });
});

describe('a task', () => {
  test('shows every goal and what is wrong, and is over when all hold', () => {
    const learner = atStep(upTo.task);
    expect(learner.goals).toBe('reads:unmet private:met eve-out:met');
    expect(learner.view.goals.map(({ feedback }) => feedback)).toEqual([null, null, null]);
    learner.type('aws iam list-users');
    expect(learner.view.goals[0]?.feedback).toMatch(/^Bob cannot read it yet\. Denied: bob/);
    learner.type(letBobRead('*'));
    expect(learner.goals).toBe('reads:met private:unmet eve-out:met');
    expect(learner.view.goals[1]?.feedback).toContain(
      'may do `s3:GetObject` on `arn:aws:s3:::notes/private/diary.txt`',
    );
    expect(learner.view.ask.kind).toBe('task');
    learner.type(letBobRead('public/*'));
    expect(learner.says('praise')).toHaveLength(1);
    expect(learner.enter().view.step.id).toBe('bob-again');
  });

  test('is open again when a later line breaks a goal', () => {
    const learner = atStep(upTo.task).type(letBobRead('public/*'), letBobRead('*'));
    expect(learner.view.ask.kind).toBe('task');
    expect(learner.type('undo').view.ask.kind).toBe('continue');
  });

  test('says first of a goal that a change broke that it held before, until it holds again', () => {
    const learner = atStep(upTo.task).type(letBobRead('private/*'));
    const feedbacks = () => learner.view.goals.map(({ feedback }) => feedback);
    expect(learner.goals).toBe('reads:unmet private:unmet eve-out:met');
    expect(feedbacks()).toEqual([null, expect.stringMatching(/^This held before\. /), null]);
    learner.type('aws iam create-user --user-name zed');
    expect(feedbacks()[1]).toMatch(/^This held before\. /);
    learner.type('aws iam delete-user-policy --user-name bob --policy-name read');
    expect(feedbacks()).toEqual([expect.stringMatching(/^Bob cannot read it yet/), null, null]);
  });

  test('names every goal that a change broke', () => {
    const learner = atStep(upTo.task).type(
      letBobRead('private/*'),
      'aws iam detach-user-policy --user-name ann --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    );
    expect(learner.view.goals.map(({ feedback }) => feedback)).toEqual([
      null,
      expect.stringMatching(/^This held before\. ./),
      'This held before.',
    ]);
  });

  test('is met through a file that was edited', () => {
    const learner = atStep(upTo.task);
    learner.type('edit read.json');
    expect(learner.turn?.edit).toEqual({ kind: 'file', name: 'read.json' });
    const policy = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::notes/public/*' };
    const content = JSON.stringify({ Version: '2012-10-17', Statement: [policy] });
    learner.do({ type: 'file.saved', name: 'read.json', content });
    learner.type(
      'aws iam put-user-policy --user-name bob --policy-name read --policy-document file://read.json',
    );
    expect(learner.view.ask.kind).toBe('continue');
  });

  test('begins with whoever it is for at the prompt', () => {
    const learner = atStep(upTo.task - 1)
      .type('as bob')
      .enter();
    expect(learner.snapshot.context.session.now.actor).toMatchObject({ user: 'ann' });
  });

  test('does not pass a goal that could not be tried', () => {
    const learner = atStep(upTo.task).type(
      'aws iam detach-user-policy --user-name ann --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    );
    expect(learner.goals).toBe('reads:unmet private:met eve-out:unchecked');
    expect(learner.view.goals[0]?.feedback).toBeNull();
    expect(learner.view.goals[2]?.feedback).toContain('This held before. This could not be tried');
  });

  test('does not say that a request went through when it was never sent', () => {
    const learner = atStep(upTo.task);
    const { accessKeys } = learner.snapshot.context.session.now.world.accounts['111122223333'] ?? {};
    const key = Object.values(accessKeys ?? {}).find(({ user }) => user === 'eve')?.id;
    learner.type(`aws iam delete-access-key --user-name eve --access-key-id ${key}`);
    expect(learner.goals).toContain('eve-out:unmet');
    expect(learner.snapshot.context.goals[2]?.feedback).toMatch(
      /^AWS must have the chance to deny this\. Nothing was sent/,
    );
  });

  test('gives hints in order, those about a goal only while it is unmet', () => {
    const learner = atStep(upTo.task);
    expect(learner.view.ask).toEqual({ kind: 'task', hints: 3, hintsInAll: 4 });
    learner.do({ type: 'hint.asked' }, { type: 'hint.asked' });
    expect(learner.says('hint')).toEqual([
      'Bob needs an identity policy.',
      'The ARN of an object ends in its key.',
    ]);
    learner.type(letBobRead('*')).do({ type: 'hint.asked' });
    expect(learner.says('hint').at(-1)).toBe('That is too much.');
    expect(learner.view.ask).toEqual({ kind: 'task', hints: 1, hintsInAll: 4 });
    expect(progressOf(learner.snapshot).hints).toBe(3);
  });
});

describe('a question', () => {
  test('may be tried again, and the first answer counts', () => {
    const learner = atStep(wholeWay.length - 8);
    expect(learner.view).toMatchObject({ part: 'quiz', step: { number: 1, of: 4 }, session: null });
    learner.choose(0);
    expect(learner.says('reply-wrong')).toEqual(['It is the other way round.']);
    expect(learner.view.ask.kind).toBe('choose');
    learner.choose(1);
    expect(learner.says('reply-right')).toEqual(['An implicit deny.']);
    expect(learner.view.ask.kind).toBe('continue');
    expect(progressOf(learner.snapshot).quiz).toEqual({ right: 0, of: 4 });
  });
});

describe('the end', () => {
  test('has the score and what to read again', () => {
    const learner = atStep(wholeWay.length - 8)
      .choose(0, 1)
      .enter()
      .choose(0)
      .enter()
      .choose(1)
      .enter()
      .choose(0)
      .enter();
    expect(learner.view).toMatchObject({ part: 'closing', ask: { kind: 'end' } });
    const [text = ''] = learner.says('text');
    expect(text).toContain('Quiz: 3 of 4 right at once');
    expect(text).toContain('Predictions: 3 of 3 came true');
    expect(text).toContain('What does silence mean? Read again: *Bob reads*.');
    expect(progressOf(learner.snapshot)).toMatchObject({ state: 'finished', done: 12, of: 12 });
  });

  test('is reached by the whole way, step by step', () => {
    const learner = new Learner();
    expect(progressOf(learner.snapshot)).toMatchObject({ state: 'new', done: 0 });
    for (const event of wholeWay) {
      const before = learner.snapshot;
      learner.do(event);
      expect(learner.snapshot).not.toBe(before);
    }
    expect(progressOf(learner.snapshot)).toMatchObject({ state: 'finished', quiz: { right: 4, of: 4 } });
  });
});
