import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fingerprint,
  linesOf,
  mark,
  openSession,
  playEntry,
  readLogFile,
  runLine,
  writeFile,
} from '../../src/shell/index.ts';
import type { Session } from '../../src/shell/session.ts';
import { openCompany, run } from './company.ts';

const CREATE = 'aws iam create-user --user-name ana';

test('log numbers what was done and by whom', () => {
  expect(run(openCompany(), 'log').output).toBe('Nothing was done yet.');
  const session = writeFile(run(openCompany(), CREATE, 'as joanne', 'aws s3 ls').session, 'x.json', '{}');
  expect(run(session, 'whoami', 'log').output).toBe(
    `#  who     line
1  admin   ${CREATE}
2  admin   as joanne
3  joanne  aws s3 ls
4          the change of the file x.json`,
  );
  expect(run(session, 'undo', 'log').output).toContain('One more was taken back: `redo` brings it again.');
  expect(linesOf(session)).toEqual([CREATE, 'as joanne', 'aws s3 ls']);
});

test('save keeps a log over undo and reset, and load goes where it leads', () => {
  const saved = run(openCompany(), CREATE, 'aws iam create-access-key --user-name ana', 'save one.json');
  expect(saved.output).toBe('2 lines kept in one.json. `load one.json` plays it again.');
  expect(saved.effect).toMatchObject({ kind: 'export-file', name: 'one.json' });
  expect(saved.session.log).toHaveLength(2);
  expect(run(saved.session, 'ls').output).toBe('one.json\npolicy.json');
  expect(run(saved.session, 'cat one.json').output).toContain('"format": "walkthrough-log"');

  const other = run(saved.session, 'undo', 'aws iam create-user --user-name bob', 'as joanne');
  const loaded = run(other.session, 'load one.json');
  expect(loaded.output).toBe(
    '2 lines of one.json played.\n2 lines of yours went for it.\nYou are admin now.',
  );
  expect(JSON.stringify(loaded.session.now)).toBe(JSON.stringify(saved.session.now));
  expect(run(loaded.session, 'undo').output).toContain('Taken back: aws iam create-access-key');
  expect(run(openCompany('admin', { 'x.json': 'y' }), 'save x.json').exit).toBe(1);
});

test('load says why it cannot', () => {
  const text = run(openCompany(), CREATE, 'save a').session.logs.a ?? '';
  const holding = (content: string) => openCompany('admin', { 'my.json': content });
  expect(run(openCompany(), 'load').output).toContain('Which log file?');
  expect(run(openCompany(), 'load x').output).toBe('load: x: No such file or directory');
  expect(run(holding('{'), 'load my.json').output).toContain('my.json cannot be played. It is not JSON: ');
  expect(run(holding(text), 'load my.json').output).toContain('begins in another world');
  const step = mark(run({ ...openCompany(), logs: { a: text } }, 'wait 1h').session);
  expect(run(step, 'load a')).toMatchObject({ exit: 1, session: step });
  const elsewhere = text.replace(/"end": "\w+"/, '"end": "0000000000000000"');
  expect(run({ ...openCompany(), logs: { a: elsewhere } }, 'load a').output).toBe(
    'One line of a played.\nIt led elsewhere than when it was saved.',
  );
});

const ENTRY = { kind: 'line', actor: { kind: 'user', account: '1', user: 'a' }, line: 'wait 1h' };
const HEAD = { format: 'walkthrough-log', version: 1, start: '0'.repeat(16), end: '0'.repeat(16) };

test.each([
  ['[]', 'It is no log: its "format"'],
  [JSON.stringify({ ...HEAD, version: 2 }), 'Its "version" is 2; this program reads 1.'],
  [JSON.stringify({ ...HEAD, start: 'x' }), '"start" must be'],
  [JSON.stringify({ ...HEAD, entries: {} }), '"entries" must be a list.'],
  [JSON.stringify({ ...HEAD, entries: [ENTRY, 3] }), 'Entry 2 of 2: it must be an object'],
  [JSON.stringify({ ...HEAD, entries: [{ ...ENTRY, kind: 'x' }] }), 'Entry 1 of 1: "kind" must be'],
  [JSON.stringify({ ...HEAD, entries: [{ ...ENTRY, line: 1 }] }), 'Entry 1 of 1: "line" must be'],
  [JSON.stringify({ ...HEAD, entries: [{ ...ENTRY, actor: 'joanne' }] }), '"actor" must say who'],
  [
    JSON.stringify({ ...HEAD, entries: [{ ...ENTRY, actor: { kind: 'user', account: '1' } }] }),
    '"actor.user"',
  ],
  [JSON.stringify({ ...HEAD, entries: [{ ...ENTRY, line: 'load a' }] }), "'load' changes the log itself"],
  [
    JSON.stringify({ ...HEAD, entries: [{ kind: 'file', name: '../x', content: '' }] }),
    'outside the workspace',
  ],
])('%s is refused', (text, message) => {
  const read = readLogFile(text);
  expect(read).toMatchObject({ kind: 'problem', message: expect.stringContaining(message) });
});

const LINES = [
  CREATE,
  'aws iam create-access-key --user-name ana',
  'aws iam delete-user --user-name ana',
  'aws iam list-users --query Users[].UserName --output table',
  'aws iam put-user-policy --user-name joanne --policy-name p --policy-document file://policy.json',
  'aws iam detach-user-policy --user-name admin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  'aws iam remove-role-from-instance-profile --instance-profile-name site-profile --role-name site-reader',
  'aws s3 cp s3://shop-data/site/index.html .',
  'aws s3 cp policy.json s3://shop-data/new.json',
  'aws s3 rm s3://shop-data --recursive',
  'aws sts get-caller-identity',
  'aws iam get-user --user-name',
  'export AWS_ACCESS_KEY_ID=AKIANOBODY AWS_SECRET_ACCESS_KEY=x',
  'unset AWS_ACCESS_KEY_ID',
  'aws configure set role_arn arn:aws:iam::111122223333:role/site-reader --profile site',
  'aws configure set source_profile default --profile site',
  'aws s3 ls --profile site',
  'as joanne',
  'as admin',
  'as web-2',
  'as web-2/worker',
  'wait 7h',
  'undo',
  'redo',
  'reset',
  'save kept.json',
  'load kept.json',
  'nonsense',
];

test('a log file leads to the same snapshot, byte for byte', () => {
  const start = openCompany();
  const step = fc.oneof(
    fc.constantFrom(...LINES).map((line) => (session: Session) => runLine(session, line).session),
    fc
      .constantFrom('{}', '{"Version":"2012-10-17"}')
      .map((content) => (session: Session) => writeFile(session, 'policy.json', content)),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const end = steps.reduce((session, next) => next(session), start);
      const read = readLogFile(runLine(end, 'save end.json').session.logs['end.json'] ?? '');
      if (read.kind === 'problem') throw new Error(read.message);
      expect(read.log.start).toBe(fingerprint(start.now));
      const again = read.log.entries.reduce(
        (session, entry) => playEntry(session, entry).session,
        openSession(start.now),
      );
      expect(JSON.stringify(again.now)).toBe(JSON.stringify(end.now));
      expect(fingerprint(again.now)).toBe(read.log.end);
      expect(again.log).toEqual(end.log);
    }),
    { numRuns: 60 },
  );
});
