import { Box, Text } from 'ink';
import { type Action, type Context, footerKeys, type KeyHelp } from './keys.ts';
import { fitTo, type Line, lineWidth, type Span, span, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

/** Rows that a notice takes at most; it covers what is above the last one. */
const MOST_ROWS = 5;

/** The last row: which keys do what here, or a notice until the next key. */
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
  const mark: Line = [span(' ! ', 'warn')];
  const rows = wrap([...mark, span(notice, 'strong')], width, [span('   ')]).slice(0, MOST_ROWS);
  return (
    <Box flexShrink={0} marginTop={1 - rows.length}>
      <Text wrap="truncate">{rows.map((row) => theme(fitTo(row, width))).join('\n')}</Text>
    </Box>
  );
}

/** As many keys as fit, in their order. The last two, help and the way back, always do; a long one leaves room for others. */
function keyRow(keys: readonly KeyHelp[], width: number): Line {
  const last = keys.slice(-2);
  const shown: KeyHelp[] = [];
  for (const key of keys.slice(0, -2)) {
    if (lineWidth(spansOf([...shown, key, ...last])) <= width) shown.push(key);
  }
  return spansOf([...shown, ...last]);
}

function spansOf(keys: readonly KeyHelp[]): Span[] {
  return keys.flatMap(({ keys: names, label }, index) => [
    span(`${index === 0 ? ' ' : '   '}${names}`, 'key'),
    span(` ${label}`, 'faint'),
  ]);
}
