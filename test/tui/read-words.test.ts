import { describe, expect, it } from 'vitest';
import { firstTerms, termPlaces } from '../../src/tui/mark-terms.ts';
import { markdownLines } from '../../src/tui/markdown.ts';
import { fitTo, type Line, plainText, span, wrap } from '../../src/tui/styled-text.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { ownCourse } from '../course/own-course.ts';
import { start } from './running.ts';

/** What is marked in some Markdown, row by row. */
function marked(markdown: string, width: number): readonly (readonly string[])[] {
  return markdownLines(markdown, width, firstTerms()).map((row) =>
    row.flatMap(({ text, term }) => (term === undefined ? [] : [`${text}=${term}`])),
  );
}

describe('the words of the glossary in a text', () => {
  it('are marked where they come first, the longest that fits, and neither in headings nor in what is typed', () => {
    expect(
      marked(
        '# Roles\n\nIts **trust policy** says who; a Trust policy and policies, `role`, of a role.',
        200,
      ),
    ).toEqual([[], [], ['trust policy=trust policy', 'policies=policy', 'role=role']]);
    expect(marked('An arn, the roles’ ARNs.', 80)).toEqual([['roles=role', 'ARNs=ARN']]);
  });

  it('are marked on both rows where they are broken, also beside wide characters', () => {
    expect(marked('漢字漢字 a confused deputy', 20)).toEqual([
      ['confused=confused deputy'],
      ['deputy=confused deputy'],
    ]);
    const rows = markdownLines('漢字漢字 a confused deputy', 20, firstTerms());
    expect(termPlaces(rows)).toEqual([{ term: 'confused deputy', from: 0, to: 2 }]);
  });

  it('keep their mark where a row is cut', () => {
    const row: Line = [span('a '), { ...span('confused deputy'), term: 'confused deputy' }];
    expect(fitTo(row, 8)).toEqual([span('a '), { ...span('confu…'), term: 'confused deputy' }]);
    expect(
      wrap(row, 4)
        .flat()
        .filter(({ term }) => term === undefined),
    ).toEqual([span('a')]);
  });

  it.each(ownCourse.lessons)('change no word and no row of $id', ({ pages }) => {
    for (const { markdown } of pages) {
      for (const width of [24, 38, 56, 72, 116]) {
        const plain = markdownLines(markdown, width).map(plainText);
        expect(markdownLines(markdown, width, firstTerms()).map(plainText)).toEqual(plain);
      }
    }
  });

  it.each([
    [{}, '\u001b[4mrole\u001b[0m', '\u001b[36maws\u001b[0m'],
    [{ NO_COLOR: '1' }, '\u001b[3;4mrole\u001b[0m', '\u001b[4maws\u001b[0m'],
    [{ TERM: 'dumb' }, 'role', 'aws'],
  ])('are told from what is typed with %j', (env, term, typed) => {
    expect(themeFor(env, 'dark')([{ ...span('role'), term: 'role' }])).toBe(term);
    expect(themeFor(env, 'dark')([span('aws', 'code')])).toBe(typed);
  });
});

it('steps through the marked words of a page, shows what they mean, and goes back level by level', async () => {
  const { screen, exit } = await start(60, 20);
  screen.type('\r');
  await screen.until(/page 1 of/);
  screen.type('g');
  await screen.until(/Enter explain {2}↑↓ choose {2}g list of all/);
  expect(screen.text()).toContain('Esc, then Enter goes on.');
  screen.type('\r');
  const first = /↳ (\S+)/.exec(await screen.until(/↳ \S/))?.[1] ?? '';
  screen.type('\u001b[B');
  await screen.until((text) => /↳ \S/.test(text) && !text.includes(`↳ ${first}`));
  // Round the ends.
  screen.type('\u001b[A\u001b[A\u001b[B');
  await screen.until((text) => text.includes(`↳ ${first}`));
  screen.type('\u001b');
  await screen.until((text) => !text.includes('↳'));
  expect(screen.rows().at(-1)).toContain('g list of all');
  screen.type('\u001b');
  await screen.until(/Enter go on/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('keeps the chosen word and all it means in sight on a small screen', async () => {
  const { screen, exit } = await start(60, 20);
  screen.type('\r');
  await screen.until(/page 1 of/);
  screen.type('g\r');
  await screen.until(/↳ \S/);
  for (let count = 0; count < 12; count++) {
    const before = screen.text();
    screen.type('\u001b[B');
    const text = await screen.until((shown) => shown !== before && /↳ \S/.test(shown));
    const rows = text.split('\n');
    const at = rows.findIndex((row) => row.includes('↳'));
    expect(
      rows
        .slice(at, at + 5)
        .join(' ')
        .replaceAll(/\s+/g, ' '),
    ).toMatch(/↳ .*\./);
  }
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('keeps a line that is half typed, and where one was, while words are read at the prompt', async () => {
  const { screen, exit } = await start(80, 24, { start: { kind: 'sandbox', lesson: null } });
  await screen.until(/▸ Prompt/);
  screen.type('aws s3');
  await screen.until(/\$ aws s3/);
  screen.type('\u0007');
  await screen.until(/list of all|Words used here/);
  screen.type('\u001b');
  await screen.until(/▸ Prompt/);
  expect(screen.text()).toContain('$ aws s3');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
