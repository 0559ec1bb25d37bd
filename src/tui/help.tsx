import { Box } from 'ink';
import type { AppState, HelpOverlay } from './app-state.ts';
import { Footer, footerRows } from './footer.tsx';
import { helpRows, helpText } from './help-text.ts';
import type { Action, Context } from './keys.ts';
import { Edge, position, Rows, Rule } from './rows.tsx';
import { searchLine } from './search.ts';
import { span } from './styled-text.ts';
import type { Theme } from './theme.ts';

const nothingHidden: ReadonlySet<Action> = new Set();

/** Every key that means something here, the words of the prompt, and those of the glossary. */
export function Help(props: {
  state: AppState;
  contexts: readonly Context[];
  help: HelpOverlay;
  theme: Theme;
}) {
  const { state, contexts, theme } = props;
  const { topic, scroll, search } = props.help;
  const { columns, rows } = state.size;
  const height = helpRows(state.size) + 1 - footerRows(state.notice, columns);
  const lines = helpText(state, contexts, props.help);
  const name = topic === 'keys' ? 'Help: keys, then the glossary' : 'Words used here';
  const title = search === null ? [span(name, 'accent')] : searchLine(search);
  const first = Math.min(scroll, Math.max(0, lines.length - height));
  const note = position(lines.length, first, height);
  const part = { width: columns - 1, role: 'border' as const };
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Rule parts={[{ ...part, start: '╭', title, note }]} end="╮" theme={theme} />
      <Box height={height}>
        <Edge height={height} look="border" theme={theme} />
        <Rows lines={lines} first={first} width={columns - 4} height={height} theme={theme} />
        <Edge height={height} look="border" theme={theme} />
      </Box>
      <Rule parts={[{ ...part, start: '╰', title: [], note: '' }]} end="╯" theme={theme} />
      <Footer
        contexts={search?.isTyped ? ['help-search'] : ['help']}
        hidden={nothingHidden}
        options={0}
        notice={state.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}
