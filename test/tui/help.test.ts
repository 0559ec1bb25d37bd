import { expect, it } from 'vitest';
import { helpLines } from '../../src/tui/help.tsx';
import { bindings, helpKeys } from '../../src/tui/keys.ts';
import { lineWidth, plainText } from '../../src/tui/styled-text.ts';

const contexts = [...new Set(bindings.map(({ context }) => context))];

it.each([56, 76, 116])('shows every key beside what it does, at %i columns', (width) => {
  for (const context of contexts) {
    const rows = helpLines([context], width);
    expect(Math.max(...rows.map(lineWidth)), context).toBeLessThanOrEqual(width);
    const texts = rows.map(plainText);
    for (const { keys, label } of helpKeys(context)) {
      const [first = ''] = keys.split(' ');
      expect(
        texts.some(
          (row) =>
            row.startsWith(`  ${first}`) &&
            / {2,}\S/.test(row.slice(3)) &&
            row.includes(` ${label.split(' ').slice(0, 5).join(' ')}`),
        ),
        `${context}: ${keys} ${label}\n${texts.join('\n')}`,
      ).toBe(true);
      for (const key of keys.split(' ')) expect(texts.join('\n'), context).toContain(key);
    }
  }
});
