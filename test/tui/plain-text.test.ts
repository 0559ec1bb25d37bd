import { expect, it } from 'vitest';
import { startPlayer } from '../../src/course/index.ts';
import { accountText, askText, plainMarkdown } from '../../src/tui/plain-text.ts';
import { challengeText } from '../course/challenge.ts';
import { Learner, scenarioOf } from '../course/two-readers.ts';

it('marks what is typed, and nothing else', () => {
  expect(plainMarkdown('Type `as bob`, and **never** *that*.\n\n```\naws s3 ls\n```')).toBe(
    'Type `as bob`, and never that.\n\n  aws s3 ls',
  );
});

it('says in words where one sits', () => {
  const text = accountText(new Learner().enter(2).view);
  expect(text).toContain('ann  you are here');
  expect(text).not.toMatch(/[●○├└─]/);
});

it('says of a challenge that there are no hints, not that they are used up', () => {
  const { view } = new Learner(startPlayer(null, scenarioOf(challengeText)));
  expect(askText(view.ask, view)).toMatch(/This task has no hints\.$/);
});
