import { Box, Text } from 'ink';
import { type FooterKey, footerKeys, type KeyHelp } from './key-help.ts';
import type { Action, Context } from './keys.ts';
import { fitTo, type Line, lineWidth, type Span, span, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

/** Rows that a notice takes at most. */
const MOST_ROWS = 5;

/** How many rows the footer takes: one, and more for a longer notice. */
export function footerRows(notice: string | null, width: number): number {
  return notice === null ? 1 : noticeLines(notice, width).length;
}

function noticeLines(notice: string, width: number): readonly Line[] {
  return wrap([span(' ! ', 'warn'), span(notice, 'strong')], width, [span('   ')]).slice(0, MOST_ROWS);
}

/** The last row: which keys do what here, or a notice until the next key. What is above makes room for `footerRows`. */
export function Footer(props: {
  contexts: readonly Context[];
  hidden: ReadonlySet<Action>;
  /** How many options there are to choose from. */
  options: number;
  notice: string | null;
  width: number;
  theme: Theme;
}) {
  const { contexts, hidden, options, notice, width, theme } = props;
  if (notice === null) {
    const keys = footerKeys(contexts, hidden, options);
    return <Text wrap="truncate">{theme(fitTo(keyRow(keys, width), width))}</Text>;
  }
  const rows = noticeLines(notice, width).map((row) => theme(fitTo(row, width)));
  return (
    <Box flexShrink={0}>
      <Text wrap="truncate">{rows.join('\n')}</Text>
    </Box>
  );
}

/** What the keys say where there is little room. */
const shortLabels: Readonly<Record<string, string>> = {
  'answer at once': 'at once',
  'back to the lessons': 'lessons',
  'back to the timeline': 'back',
  'choose a layer': 'layer',
  'choose a lesson': 'choose',
  'choose a word': 'choose',
  'go on here': 'go on',
  'keep what is found': 'keep',
  'next pane': 'pane',
  'open a layer': 'open',
  'other permission': 'permission',
  'page before': 'before',
  'read above': 'read',
  'save and close': 'save',
  'scroll back': 'scroll',
  'scroll on': 'more',
  'what changed': 'changes',
  'what it means': 'explain',
  'what is next': 'next',
  'where you were': 'back',
};

type Form = (keys: readonly FooterKey[]) => Span[];

const roomy: Form = (keys) => spansOf(keys, '   ');
const close: Form = (keys) => spansOf(keys, '  ');
const short: Form = (keys) =>
  close(keys.map((key) => ({ ...key, label: shortLabels[key.label] ?? key.label })));

/**
 * As many keys as fit, in their order: first help and the way back, which are the last two, then those that nothing else
 * stands for. They are written so that all of these fit, if they do at all.
 */
export function keyRow(keys: readonly FooterKey[], width: number): Line {
  const rank = (key: FooterKey) => (keys.slice(-2).includes(key) ? 0 : key.must);
  const fits = (form: Form, shown: readonly FooterKey[]) => lineWidth(form(shown)) <= width;
  const needed = keys.filter((key) => rank(key) < 3);
  const form = [roomy, close].find((each) => fits(each, needed)) ?? short;
  let shown: readonly FooterKey[] = [];
  for (const key of keys.toSorted((a, b) => rank(a) - rank(b))) {
    const more = keys.filter((each) => each === key || shown.includes(each));
    if (fits(form, more)) shown = more;
  }
  return form(shown);
}

function spansOf(keys: readonly KeyHelp[], gap: string): Span[] {
  return keys.flatMap(({ keys: names, label }, index) => [
    span(`${index === 0 ? ' ' : gap}${names}`, 'key'),
    span(` ${label}`, 'faint'),
  ]);
}
