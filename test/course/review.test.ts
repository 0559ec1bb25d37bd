import { describe, expect, test } from 'vitest';
import { playStepAsAuthor } from '../../src/course/author-run.ts';
import { isAnswered, placeAt, reviewItems, startPlayer, stepPlayer, viewOf } from '../../src/course/index.ts';
import { ownCourse } from './own-course.ts';
import { scenarioOf, scenarioText } from './two-readers.ts';

const guided = ownCourse.scenarios.filter(({ challenge }) => !challenge);

describe.each(guided.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
  test('asks each prediction again in the world that its author has made until there', {
    timeout: 60_000,
  }, () => {
    let author = startPlayer(null, scenario);
    for (const step of scenario.steps) {
      if (step.kind === 'predict') {
        const placed = placeAt(scenario, step.id);
        expect(placed.value).toEqual(author.value);
        expect(placed.context.session.now.world).toEqual(author.context.session.now.world);
        expect(placed.context.session.now.files).toEqual(author.context.session.now.files);
        expect(placed.context.differs).toEqual({ text: null, reveal: null });
        expect(placed.context.predictions).toEqual({});
      }
      author = playStepAsAuthor(author);
    }
  });
});

test('a question is asked as if it had never been, and answered once it is right', () => {
  const scenario = scenarioOf(scenarioText);
  const asked = placeAt(scenario, 'q2');
  expect(viewOf(asked).ask).toMatchObject({ kind: 'choose', options: ['Credentials', 'A policy'] });
  const wrong = stepPlayer(asked, { type: 'chosen', index: 1 }).snapshot;
  expect(isAnswered(wrong)).toBe(false);
  expect(isAnswered(stepPlayer(wrong, { type: 'chosen', index: 0 }).snapshot)).toBe(true);
});

test('what comes back is known by what is asked: replies may change, questions may not', () => {
  const versions = (text: string) =>
    Object.fromEntries(reviewItems(scenarioOf(text)).map(({ id, version }) => [id, version]));
  const before = versions(scenarioText);
  expect(versions(scenarioText.replace('It is the other way round.', 'Silence is no.'))).toEqual(before);
  const { q2, ...others } = versions(scenarioText.replace('- { text: A policy,', '- { text: A user,'));
  expect(others).toEqual(Object.fromEntries(Object.entries(before).filter(([id]) => id !== 'q2')));
  expect(q2).not.toBe(before.q2);
});
