import { expect, it } from 'vitest';
import { headerRow } from '../../src/tui/player.tsx';
import { lineWidth, plainText } from '../../src/tui/styled-text.ts';
import { Learner } from '../course/two-readers.ts';

const { view } = new Learner().enter(2);

it.each([
  [
    80,
    'Three instances, one bucket',
    ' Three instances, one bucket  Scenario · step 10 of 12          2 Mar 09:00 UTC ',
  ],
  [
    80,
    'Policies, and their two kinds',
    ' Policies, and their two kinds  Scenario · step 10 of 12        2 Mar 09:00 UTC ',
  ],
  [
    80,
    'The third party that was somebody else',
    ' The third party that was somebody …  Scenario · step 10 of 12  2 Mar 09:00 UTC ',
  ],
  [80, 'Fresh keys', ' Fresh keys  Scenario · step 10 of 12                  Mon 2 Mar 2026 09:00 UTC '],
  [60, 'Three instances, one bucket', ' Three instances, one bucket  Scenario · step 10 of 12      '],
])('at %i columns says all that fits: %s', (width, title, expected) => {
  const row = headerRow(
    { ...view, lesson: { id: 'x', title }, step: { ...view.step, number: 10, of: 12 } },
    width,
  );
  expect(lineWidth(row)).toBe(width);
  expect(plainText(row)).toBe(expected);
});
