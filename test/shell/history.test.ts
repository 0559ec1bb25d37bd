import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventInspection, mark, restore, runLine, save, writeFile } from '../../src/shell/index.ts';
import { ACCOUNT, openCompany, run } from './company.ts';

const CREATE = 'aws iam create-user --user-name ana';

test('undo takes back the last change and what came after it', () => {
  const session = openCompany();
  const turn = run(
    session,
    CREATE,
    'aws iam get-user --user-name ana',
    'aws iam get-user --user-name bob',
    'undo',
  );
  expect(turn.output).toBe(
    `Taken back: ${CREATE}\nWith it went the 2 lines after it, which changed nothing.`,
  );
  expect({ ...turn.session, undone: [] }).toEqual(session);
});

test('undo takes back a change of seat, of the clock and of a file', () => {
  const seat = run(openCompany(), 'as joanne', 'undo');
  expect(seat.output).toBe('Taken back: as joanne\nYou are admin again.');
  expect(run(openCompany(), 'wait 1h', 'undo').output).toBe('Taken back: wait 1h');
  const written = writeFile(openCompany(), 'policy.json', '{"new":true}');
  const undone = run(written, 'undo');
  expect(undone.output).toBe('Taken back: the change of the file policy.json');
  expect(undone.session.now.files['policy.json']).toContain('Version');
});

test('what was refused or only read is no change', () => {
  const turn = run(openCompany('joanne'), CREATE, 'aws iam list-users', 'undo');
  expect(turn).toMatchObject({
    exit: 1,
    output: 'There is nothing to take back: nothing has changed since this step began.',
  });
  expect(turn.session.log).toHaveLength(2);
});

test('redo brings back what was taken back, as often as it was, until something new is done', () => {
  const done = run(openCompany(), CREATE, 'aws iam list-users', 'wait 1h', 'as joanne').session;
  const undone = run(done, 'undo', 'undo', 'undo').session;
  expect(undone.log).toEqual([]);
  const again = run(undone, 'redo');
  expect(again.output).toBe(`Brought back: ${CREATE}\nWith it came the line after it.`);
  expect(run(again.session, 'redo').output).toBe('Brought back: wait 1h');
  const all = run(again.session, 'redo', 'redo');
  expect(all.output).toBe('Brought back: as joanne\nYou are joanne again.');
  expect(all.session).toEqual(done);
  expect(run(all.session, 'redo')).toMatchObject({ exit: 1, session: all.session });
  const branched = run(undone, 'wait 2h', 'redo');
  expect(branched).toMatchObject({ exit: 1, output: expect.stringContaining('something new was done') });
  expect(run(run(done, 'reset').session, 'redo').session).toEqual(done);
  expect(mark(undone).undone).toEqual([]);
});

test('a saved session remembers what redo can bring back', () => {
  const start = openCompany();
  const session = run(start, CREATE, 'wait 1h', 'as joanne', 'undo', 'undo', 'save a.json').session;
  const back = restore(JSON.parse(JSON.stringify(save(session))), start.now);
  expect(back).toEqual(session);
  expect(run(back, 'redo', 'redo').session.now.actor).toMatchObject({ user: 'joanne' });
});

test('undo and reset stop where the step began', () => {
  const began = mark(run(openCompany(), CREATE).session);
  expect(run(began, 'undo').session).toBe(began);
  const undone = run(began, 'aws iam delete-user --user-name ana', 'wait 1h', 'undo', 'undo', 'undo');
  expect({ ...undone.session, undone: [] }).toEqual(began);
  const reset = run(began, 'aws iam delete-user --user-name ana', 'as joanne', 'aws iam list-users', 'reset');
  expect(reset.output).toBe(
    'Everything is as it was when this step began: 3 lines were taken back.\nYou are admin again.',
  );
  expect({ ...reset.session, undone: [] }).toEqual(began);
  expect(run(began, 'reset').output).toBe('Nothing was done since this step began.');
});

test('a file written as it is already is nothing done; a name outside the workspace neither', () => {
  const session = openCompany('admin', { a: '1' });
  expect(writeFile(session, './a', '1')).toBe(session);
  expect(writeFile(session, '../a', '1')).toBe(session);
  expect(writeFile(session, 'b', '2').log).toEqual([{ kind: 'file', name: 'b', content: '2' }]);
});

test('a saved session comes back whole, with its past', () => {
  const start = openCompany();
  let session = run(start, CREATE, 'as joanne', 'aws s3 ls').session;
  session = writeFile(session, 'mine.json', '{}');
  session = mark(session);
  session = run(session, 'as web-2', 'aws s3 cp s3://shop-data/site/index.html .', 'aws s3 ls').session;
  const back = restore(JSON.parse(JSON.stringify(save(session))), start.now);
  expect(back).toEqual(session);
  expect(JSON.stringify(back.now)).toBe(JSON.stringify(session.now));
  expect(run(back, 'why').output).toBe(run(session, 'why').output);
  expect(run(back, 'reset').session.log).toHaveLength(session.mark);
});

test('when the start has changed, the saved moment stays and has no past', () => {
  const session = run(openCompany(), CREATE, 'aws iam get-user --user-name ana').session;
  const back = restore(save(session), openCompany('admin', { other: 'x' }).now);
  expect(back).toEqual({ now: session.now, log: [], moments: [], mark: 0, undone: [], logs: {} });
  expect(eventInspection(back, 2)).toBeUndefined();
  const why = run(back, 'why');
  expect(why.effect).toEqual({ kind: 'show-decision', event: 2 });
  expect(why.output).toContain('iam:GetUser on ');
});

test('a world that an earlier program kept gets what worlds have come to hold since', () => {
  const session = run(openCompany(), CREATE).session;
  const old = JSON.parse(JSON.stringify(save(session)));
  delete old.now.world.analyzers;
  delete old.now.world.organization;
  for (const account of Object.values<Record<string, unknown>>(old.now.world.accounts)) {
    delete account.trustAnchors;
    delete account.topics;
  }
  old.now.world.accounts[ACCOUNT].users.ana.name = 'anna';
  const back = restore(old, openCompany().now);
  expect(run(back, 'aws sns list-topics').exit).toBe(0);
  expect(run(back, 'aws rolesanywhere list-trust-anchors').exit).toBe(0);
  expect(run(back, 'aws iam get-user --user-name ana').output).toContain('anna');
  expect(run(back, 'aws iam create-user --user-name bob', 'diff').exit).toBe(0);
});

test('an event is examined in the world as it was', () => {
  const { session } = run(
    openCompany(),
    'aws s3 rm s3://shop-data --recursive',
    'aws iam detach-user-policy --user-name admin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    'aws s3 ls',
  );
  const count = session.now.world.trail.length;
  expect(eventInspection(session, count)).toMatchObject({
    kind: 'examined',
    checks: [{ decision: { decision: 'implicit-deny' } }],
  });
  for (const { number } of session.now.world.trail.slice(0, -1)) {
    expect(eventInspection(session, number)).toMatchObject({
      kind: 'examined',
      checks: [{ decision: { decision: 'allowed' } }],
    });
  }
  expect(eventInspection(session, count + 1)).toBeUndefined();
  expect(eventInspection(session, 0)).toBeUndefined();
});

const word = fc.constantFrom(
  ...[
    'aws',
    'iam',
    's3',
    's3api',
    'create-user',
    'get-object',
    'delete-user',
    'ls',
    'cp',
    'rm',
    '--user-name',
  ],
  ...[
    'ana',
    'joanne',
    'as',
    'web-2',
    'why',
    '1',
    'undo',
    'redo',
    'log',
    'save',
    'load',
    'reset',
    'wait',
    '2h',
    'whoami',
    'trail',
    'help',
    'cat',
  ],
  ...[
    'policy.json',
    'file://policy.json',
    's3://shop-data/readme.txt',
    '.',
    '-',
    '--bucket',
    'shop-data',
    '--key',
  ],
  ...[
    '__proto__',
    'constructor',
    "'",
    '"',
    '|',
    '--tags',
    'Key=a,Value=b',
    '{',
    '[[1]]',
    '--output',
    '=',
    '\u001b[',
  ],
);
const line = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

test('no line throws or lets a control character out, and the log leads to the same moment again', () => {
  const start = openCompany();
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      let session = start;
      for (const one of lines) {
        const turn = runLine(session, one);
        expect(turn.output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        session = turn.session;
      }
      expect(session.moments).toHaveLength(session.log.length);
      expect(restore(save(session), start.now)).toEqual(session);
    }),
    { numRuns: 150 },
  );
});
