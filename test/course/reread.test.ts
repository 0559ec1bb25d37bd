import { expect, test } from 'vitest';
import { placesBehind, rereadView, restorePlayer, savePlayer, startPlayer } from '../../src/course/index.ts';
import {
  Learner,
  lessonOf,
  lessonText,
  letBobRead,
  scenarioOf,
  scenarioText,
  wholeWay,
} from './two-readers.ts';

const atEnd = new Learner().do(...wholeWay);

test('every page, step and question behind the player can be read again, with what came of it', () => {
  const behind = placesBehind(atEnd.snapshot);
  const views = Array.from({ length: behind }, (_, index) => rereadView(atEnd.snapshot, behind - index));
  expect(views.map(({ part, step }) => `${part} ${step.number}: ${step.title}`)).toEqual([
    'concept 1: A request',
    'concept 2: An answer',
    'scenario 1: Hello',
    'scenario 2: Nobody asks',
    'scenario 3: Bob reads',
    'scenario 4: Let Bob read',
    'scenario 5: Bob again',
    'scenario 6: A question',
    'quiz 1: Question 1',
    'quiz 2: Question 2',
    'quiz 3: Question 3',
    'quiz 4: Question 4',
  ]);
  expect(views.map(({ hasEarlier }) => hasEarlier)).toEqual(views.map((_, index) => index > 0));
  expect(new Set(views.map(({ ask }) => ask.kind))).toEqual(new Set(['reread']));
  const kinds = (index: number) => views[index]?.passages.map(({ kind }) => kind);
  expect(kinds(2)).toEqual(['text', 'demo', 'demo']);
  expect(kinds(4)).toEqual(['text', 'reply-right', 'reveal', 'calibration']);
  expect(kinds(5)).toEqual(['text', 'hint', 'praise']);
  expect(views[5]?.goals.map(({ state }) => state)).toEqual(['met', 'met', 'met']);
  expect(kinds(8)).toEqual(['text', 'text', 'reply-right']);
  expect(views[8]?.passages[1]?.markdown).toMatch(/^- ✓ |\n- ✓ /);
});

test('what was untrue in the learner’s world is not told again, also after a pause', () => {
  const learner = new Learner()
    .do(...wholeWay.slice(0, 9))
    .type(letBobRead('public/*'))
    .choose(1, 0, 1);
  const [told = ''] = learner.says('reveal');
  expect(told).toContain("Your world differs from the lesson's here.");
  learner.enter();
  const json: unknown = JSON.parse(JSON.stringify(savePlayer(learner.snapshot)));
  const { snapshot } = restorePlayer(json, lessonOf(lessonText), scenarioOf(scenarioText));
  const again = rereadView(snapshot, 1);
  expect(again.step.id).toBe('bob-reads');
  expect(again.passages.find(({ kind }) => kind === 'reveal')?.markdown.trim()).toBe(told);
});

test('a player kept by a version in which nothing could be read again plays on', () => {
  const learner = new Learner().do(...wholeWay.slice(0, 13));
  const saved = savePlayer(learner.snapshot);
  const { differed: _, ...context } = saved.context;
  const lesson = lessonOf(lessonText);
  const { snapshot, changed } = restorePlayer({ ...saved, context }, lesson, scenarioOf(scenarioText));
  expect(changed).toBe(false);
  expect(rereadView(snapshot, 1).step.id).toBe('bob-reads');
});

test('nothing is behind a player that has just begun', () => {
  expect(placesBehind(startPlayer(null, scenarioOf(scenarioText)))).toBe(0);
});
