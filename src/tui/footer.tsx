import { Text } from 'ink';
import { type Action, type Context, footerKeys, type KeyHelp } from './keys.ts';
import { fitTo, type Line, lineWidth, type Span, span } from './styled-text.ts';
import type { Theme } from './theme.ts';

/** The last row: which keys do what here, or a notice until the next key. */
export function Footer(props: {
  contexts: readonly Context[];
  hidden: ReadonlySet<Action>;
  notice: string | null;
  width: number;
  theme: Theme;
}) {
  const { contexts, hidden, notice, width, theme } = props;
  const row: Line =
    notice === null
      ? keyRow(footerKeys(contexts, hidden), width)
      : [span(' ! ', 'warn'), span(notice, 'strong')];
  return <Text wrap="truncate">{theme(fitTo(row, width))}</Text>;
}

/** As many keys as fit. The last two, help and the way back, stay; those before them go first. */
function keyRow(keys: readonly KeyHelp[], width: number): Line {
  const shown = [...keys];
  while (shown.length > 3 && lineWidth(spansOf(shown)) > width) shown.splice(-3, 1);
  return spansOf(shown);
}

function spansOf(keys: readonly KeyHelp[]): Span[] {
  return keys.flatMap(({ keys: names, label }) => [span(` ${names}`, 'key'), span(` ${label}  `, 'faint')]);
}
