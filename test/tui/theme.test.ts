import { expect, it } from 'vitest';
import { span } from '../../src/tui/styled-text.ts';
import { backgroundIn, backgroundOf, themeFor } from '../../src/tui/theme.ts';
import { start } from './running.ts';

const roles = ['accent', 'code', 'good', 'bad', 'warn', 'border-focused', 'heading', 'faint', 'key'] as const;

it.each([{ NO_COLOR: '1' }, { FORCE_COLOR: '0' }])('names no colour with %j', (env) => {
  for (const background of ['dark', 'dusk', 'light'] as const) {
    for (const role of roles) {
      expect(themeFor(env, background)([span('word', role)]), role).toMatch(
        /^(?:\u001b\[[1-4]m)?word(?:\u001b\[0m)?$/,
      );
    }
  }
});

it.each([{ FORCE_COLOR: '1', NO_COLOR: '1' }, { TERM: 'xterm' }, { TERM: 'xterm-256color' }])(
  'names colours with %j',
  (env) => {
    expect(themeFor(env, 'light')([span('word', 'bad')])).toBe('\u001b[31mword\u001b[0m');
    expect(themeFor(env, 'dark')([span('word', 'bad')])).toBe('\u001b[91mword\u001b[0m');
  },
);

it('tells what is good, bad and to be minded apart from plain text without colours', () => {
  const paint = themeFor({ NO_COLOR: '1' }, 'light');
  for (const role of ['good', 'bad', 'warn', 'code', 'accent'] as const) {
    expect(paint([span('word', role)]), role).toMatch(/^\u001b\[[14]m/);
  }
});

it.each([
  ['0;15', 'light'],
  ['0;default;7', 'light'],
  ['15;0', 'dark'],
  ['7;8', 'dusk'],
  ['12;8', 'dusk'],
  ['nonsense', null],
])('reads COLORFGBG=%s as %s', (value, background) => {
  expect(backgroundOf({ COLORFGBG: value })).toBe(background);
});

it.each([
  ['rgb:ffff/ffff/ffff', 'light'],
  ['rgb:fd/f6/e3', 'light'],
  ['rgb:0000/2b2b/3636', 'dusk'],
  ['rgba:1e/1e/1e/ff', 'dark'],
  ['white', null],
])('reads the answer %s as %s', (answer, background) => {
  expect(backgroundIn(answer)).toBe(background);
});

it('asks for the background where nothing says it, and paints for a light one when the answer comes', async () => {
  const { screen, exit } = await start(80, 24, { env: { NO_MOTION: '1' } });
  expect(screen.written).toContain('\u001b]11;?');
  expect(screen.written).toContain('\u001b[36m');
  const before = screen.written.length;
  screen.type('\u001b]11;rgb:ffff/ffff/ffff\u001b\\');
  await screen.until(() => screen.written.slice(before).includes('\u001b[34m'));
  expect(screen.written.slice(before)).not.toContain('\u001b[36m');
  screen.type('q');
  expect(await exit).toBe(0);
});

it.each([{ COLORFGBG: '0;15' }, { NO_COLOR: '1' }, { TERM: 'linux' }])(
  'asks no terminal whose background is known or plays no part: %j',
  async (env) => {
    const { screen, exit } = await start(80, 24, { env: { NO_MOTION: '1', ...env } });
    expect(screen.written).not.toContain('\u001b]11;?');
    screen.type('q');
    expect(await exit).toBe(0);
  },
);
