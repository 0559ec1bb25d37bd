import { expect, it } from 'vitest';
import { accountText, plainMarkdown } from '../../src/tui/plain-text.ts';
import { Learner } from '../course/two-readers.ts';

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
