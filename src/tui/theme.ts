import type { Environment } from './ports.ts';
import type { Line, SafeText, Span } from './styled-text.ts';

/** What a piece of text is, from which its look follows. Meaning is always in the words or marks as well. */
export type Role =
  | 'plain'
  | 'strong'
  | 'faint'
  | 'emphasis'
  | 'heading'
  | 'accent'
  | 'code'
  | 'good'
  | 'bad'
  | 'warn'
  | 'border'
  | 'border-focused'
  | 'key'
  | 'chosen';

/** What a terminal writes on: black or nearly, a dark grey or blue, white or nearly. */
export type Background = 'dark' | 'dusk' | 'light';

/** How each role looks: SGR parameters. Only attributes and the sixteen colours the terminal's owner chose. */
export type Palette = Readonly<Record<Role, string>>;

// Bright red and yellow, as red and magenta are hard to read on black in every common palette.
const onDark: Palette = {
  plain: '',
  strong: '1',
  faint: '2',
  emphasis: '3',
  heading: '1',
  accent: '1;36',
  code: '36',
  good: '32',
  bad: '91',
  warn: '33',
  border: '2',
  'border-focused': '36',
  key: '1',
  // The terminal's own two colours change places, which no palette can spoil.
  chosen: '7',
};

// A line below a term of the glossary; where what is typed has one too, it leans as well.
const termLook = { coloured: '4', colourless: '3;4' } as const;

// What is dimmed half-way to the background is too near to it there; of a border less is asked than of words.
const onDusk: Palette = { ...onDark, faint: '' };

// Cyan, green and yellow are hard to read on white in every common palette.
const onLight: Palette = {
  ...onDusk,
  accent: '1;34',
  code: '34',
  good: '1',
  bad: '31',
  warn: '35',
  'border-focused': '34',
};

// Nobody asks for the background here, so that nothing may hang on it.
const colourless: Palette = {
  ...onDusk,
  accent: '1',
  // Where colour does not tell what is typed from the words around it, a line below it does.
  code: '4',
  good: '1',
  bad: '1',
  warn: '1',
  'border-focused': '',
};

/** The looks with colours, by background. */
export const palettes: Readonly<Record<Background, Palette>> = {
  dark: onDark,
  dusk: onDusk,
  light: onLight,
};

/** Turns a row into what the terminal is sent. */
export type Theme = (row: Line) => string;

/**
 * The theme for a terminal. `NO_COLOR` (https://no-color.org) and `FORCE_COLOR=0` leave attributes such as bold;
 * `FORCE_COLOR` otherwise wins; a terminal that calls itself `dumb` gets plain text.
 */
export function themeFor(env: Environment, background: Background): Theme {
  if (env.TERM === 'dumb' && !env.FORCE_COLOR) return (row) => row.map((part) => part.text).join('');
  const isColoured = hasColour(env);
  const palette = isColoured ? palettes[background] : colourless;
  const below = isColoured ? termLook.coloured : termLook.colourless;
  const look = ({ role, term }: Span) =>
    [palette[role], term === undefined ? '' : below].filter((part) => part !== '').join(';');
  return (row) => row.map((part) => paint(part.text, look(part))).join('');
}

/** True where colours are wanted. */
export function hasColour({ FORCE_COLOR, NO_COLOR }: Environment): boolean {
  return FORCE_COLOR !== undefined && FORCE_COLOR !== '' ? FORCE_COLOR !== '0' : !NO_COLOR;
}

/** The background that `COLORFGBG` names, as rxvt, Konsole and iTerm2 set it (`0;15`); null when it does not say. */
export function backgroundOf({ COLORFGBG }: Environment): Background | null {
  const colour = /;(\d+)$/.exec(COLORFGBG ?? '')?.[1];
  if (colour === undefined) return null;
  if (colour === '7' || colour === '15') return 'light';
  return colour === '8' ? 'dusk' : 'dark';
}

/** The background in a terminal's answer to `backgroundQuery`, such as `rgb:ffff/ffff/ffff`; null when it is none. */
export function backgroundIn(answer: string): Background | null {
  const parts = /^rgba?:([\da-f]+)\/([\da-f]+)\/([\da-f]+)/i.exec(answer)?.slice(1);
  if (parts === undefined) return null;
  const [red = 0, green = 0, blue = 0] = parts.map(
    (part) => Number.parseInt(part, 16) / (16 ** part.length - 1),
  );
  // How bright it looks, as ITU-R BT.709 weighs the colours.
  const brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  if (brightness > 0.5) return 'light';
  return brightness > 0.13 ? 'dusk' : 'dark';
}

/** Asks a terminal for its background, as xterm does and most do by now; others say nothing. */
export const backgroundQuery = '\u001b]11;?\u001b\\';

function paint(text: SafeText, parameters: string): string {
  return parameters === '' || text === '' ? text : `\u001b[${parameters}m${text}\u001b[0m`;
}
