import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { libraryFiles } from '../../src/cli/library.ts';
import { replay } from '../../src/cli/replay.ts';
import { type CompiledScenario, startMoment } from '../../src/course/index.ts';
import { openSession, runLine, writeFile } from '../../src/shell/index.ts';
import { ownCourse, ownFiles } from '../course/own-course.ts';
import { listen } from './console.ts';

let folder: string;
let dist: URL;
const { said, complained } = listen();
let scenario: CompiledScenario;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'walkthrough-test-'));
  dist = pathToFileURL(`${folder}/`);
  mkdirSync(join(folder, 'course'));
  for (const [name, value] of Object.entries(libraryFiles(ownCourse, ownFiles))) {
    writeFileSync(join(folder, name), JSON.stringify(value));
  }
  const found = ownCourse.scenarios.find(({ id }) => id === 'joannes-boundary');
  if (found === undefined) throw new Error('The scenario is gone.');
  scenario = found;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function logFile(change: (text: string) => string = (text) => text): string {
  const start = openSession(startMoment(scenario));
  const written = writeFile(start, 'mine.json', '{}');
  const lines = [
    'aws sts get-caller-identity',
    'aws iam create-user --user-name ana',
    'aws iam get-user --no',
    'wait 1h',
  ];
  const session = lines.reduce((at, line) => runLine(at, line).session, written);
  const path = join(folder, 'log.json');
  writeFileSync(path, change(runLine(session, 'save log').session.logs.log ?? ''));
  return path;
}

const play = (path: string, text = false, name: string | null = null) =>
  replay(path, { dist, text, scenario: name });

test('plays a log from the start it names, and prints an object a line', async () => {
  expect(await play(logFile())).toBe(0);
  const outcomes = said.map((line) => JSON.parse(line));
  expect(outcomes).toMatchObject([
    { entry: 1, as: null, line: null, file: 'mine.json', requests: [] },
    {
      entry: 2,
      line: 'aws sts get-caller-identity',
      exit: 0,
      requests: [{ operation: 'sts:GetCallerIdentity', outcome: 'done', code: null, deniedBy: null }],
    },
    { entry: 3, requests: [{ operation: 'iam:CreateUser' }] },
    { entry: 4, line: 'wait 1h', requests: [] },
  ]);
  expect(complained).toEqual([]);
});

test('with --text it is a transcript', async () => {
  expect(await play(logFile(), true, 'joannes-boundary')).toBe(0);
  expect(said[0]).toBe('(wrote mine.json)');
  expect(said[1]).toMatch(/^\w+\$ aws sts get-caller-identity\n\{/);
});

test('a log that leads elsewhere by now is told from one that does not', async () => {
  const path = logFile((text) => text.replace('wait 1h', 'wait 2h'));
  expect(await play(path)).toBe(1);
  expect(complained[0]).toContain('led elsewhere than when it was saved');
});

test.each([
  ['{', 'It is not JSON'],
  ['{"format":"x"}', 'It is no log'],
])('%s cannot be played', async (text, message) => {
  expect(await play(logFile(() => text))).toBe(2);
  expect(complained[0]).toContain(message);
  expect(said).toEqual([]);
});

test('says which entry is wrong, and which start is unknown', async () => {
  expect(await play(logFile((text) => text.replace('"line":"wait 1h"', '"lines":"wait 1h"')))).toBe(2);
  expect(complained.pop()).toContain('Entry 4 of 4: "line" must be the text of the line.');
  expect(await play(logFile((text) => text.replace(/"start": "\w+"/, '"start": "0000000000000000"')))).toBe(
    2,
  );
  expect(complained.pop()).toContain('No scenario that comes with the program begins as it does.');
  expect(await play(logFile(), false, 'three-instances')).toBe(2);
  expect(complained.pop()).toContain('It begins otherwise than three-instances does');
  expect(await play(logFile(), false, 'none.yaml')).toBe(2);
  expect(complained.pop()).toContain('There is no such file.');
  expect(await play(join(folder, 'none.json'))).toBe(2);
  expect(complained.pop()).toContain('cannot be read');
  expect(await play(logFile(), false, 'scenarios/joannes-boundary.yaml')).toBe(0);
});
