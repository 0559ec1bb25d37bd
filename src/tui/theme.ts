import type { Environment } from './ports.ts';
import type { Line, SafeText } from './styled-text.ts';

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
  | 'key';

// SGR parameters. Only attributes and the sixteen colours the terminal's owner chose, never a background:
// the same table serves dark and light.
const coloured: Readonly<Record<Role, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  emphasis: '3',
  heading: '1',
  accent: '1;36',
  code: '36',
  good: '32',
  bad: '31',
  warn: '35',
  border: '2',
  'border-focused': '36',
  key: '1',
};

const colourless: Readonly<Record<Role, string>> = {
  ...coloured,
  accent: '1',
  // Where colour does not tell what is typed from the words around it, a line below it does.
  code: '4',
  good: '1',
  bad: '1',
  warn: '1',
  'border-focused': '',
};

/** Turns a row into what the terminal is sent. */
export type Theme = (row: Line) => string;

/**
 * The theme for a terminal. `NO_COLOR` (https://no-color.org) and `FORCE_COLOR=0` leave attributes such as bold;
 * `FORCE_COLOR` otherwise wins; a terminal that calls itself `dumb` gets plain text.
 */
export function themeFor(env: Environment): Theme {
  const forced = env.FORCE_COLOR;
  if (env.TERM === 'dumb' && !forced) return (row) => row.map((part) => part.text).join('');
  const withColour = forced !== undefined && forced !== '' ? forced !== '0' : !env.NO_COLOR;
  const table = withColour ? coloured : colourless;
  return (row) => row.map((part) => paint(part.text, table[part.role])).join('');
}

function paint(text: SafeText, parameters: string): string {
  return parameters === '' || text === '' ? text : `\u001b[${parameters}m${text}\u001b[0m`;
}
