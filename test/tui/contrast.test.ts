import { describe, expect, it } from 'vitest';
import { type Background, backgroundIn, palettes, type Role } from '../../src/tui/theme.ts';

type Colour = readonly [number, number, number];

/** A terminal's look: its sixteen colours, what it writes with, and on what. */
interface Look {
  readonly colours: string;
  readonly ink: string;
  readonly paper: string;
}

// https://invisible-island.net/xterm/xterm.faq.html#problems_colors and https://ethanschoonover.com/solarized/
const xterm =
  '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff';
const solarized =
  '073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3';

const looks = {
  'xterm on white': { colours: xterm, ink: '000000', paper: 'ffffff' },
  'xterm on black': { colours: xterm, ink: 'ffffff', paper: '000000' },
  'Solarized light': { colours: solarized, ink: '657b83', paper: 'fdf6e3' },
  'Solarized dark': { colours: solarized, ink: '839496', paper: '002b36' },
} satisfies Record<string, Look>;

function colour(hex: string): Colour {
  const [red = 0, green = 0, blue = 0] = (hex.match(/../g) ?? []).map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(of: Colour): number {
  const [red = 0, green = 0, blue = 0] = of.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: Colour, b: Colour): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (bright + 0.05) / (dark + 0.05);
}

/** The least contrast that a role has: terminals dim half-way to the background, or to two thirds, as xterm does. */
function least(sgr: string, { colours, ink, paper }: Look): number {
  const codes = sgr.split(';');
  const named = codes.map(Number).find((code) => code >= 30);
  const at = named === undefined ? undefined : named >= 90 ? named - 82 : named - 30;
  const words = colour(at === undefined ? ink : (colours.split(' ')[at] ?? ink));
  const ground = colour(paper);
  if (!codes.includes('2')) return contrast(words, ground);
  const half = words.map((part, index) => (part + (ground[index] ?? 0)) / 2);
  const thirds = words.map((part) => (part * 2) / 3);
  return Math.min(
    ...[half, thirds].map(([red = 0, green = 0, blue = 0]) => contrast([red, green, blue], ground)),
  );
}

/** The background that a terminal of this look is taken for. */
function backgroundFor({ paper }: Look): Background {
  const answer = backgroundIn(`rgb:${(paper.match(/../g) ?? []).join('/')}`);
  if (answer === null) throw new Error(`no answer: ${paper}`);
  return answer;
}

const roles = Object.keys(palettes.dark) as Role[];
const words = roles.filter((role) => role !== 'border');

describe.each(Object.entries(looks))('%s', (name, look) => {
  const palette = palettes[backgroundFor(look)];

  it.each(words)('can be read: %s', (role) => {
    // https://www.w3.org/TR/WCAG22/#contrast-minimum. In Solarized the text itself has less on white, so that no more
    // can be asked than what is asked of large letters: a terminal's owner chose it.
    expect(least(palette[role], look)).toBeGreaterThanOrEqual(name.startsWith('Solarized') ? 3 : 4.5);
  });
});

it.each(['xterm on white', 'xterm on black'] as const)('borders can be seen: %s', (name) => {
  const look = looks[name];
  // https://www.w3.org/TR/WCAG22/#non-text-contrast
  expect(least(palettes[backgroundFor(look)].border, look)).toBeGreaterThanOrEqual(3);
});

it.each(Object.entries(palettes))(
  'names none but the sixteen colours, and no background: %s',
  (_, palette) => {
    for (const role of roles)
      expect(palette[role], role).toMatch(/^([1-47](;(3[0-7]|9[0-7]))?|3[0-7]|9[0-7])?$/);
  },
);
