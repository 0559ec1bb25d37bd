import { Box, Text } from 'ink';
import type { ComponentType } from 'react';
import type { AppState } from './app-state.ts';
import { Help } from './help.tsx';
import { Home } from './home.tsx';
import type { Context } from './keys.ts';
import { isTooSmall, smallest } from './layout.ts';
import type { PlayerState } from './player-state.ts';
import { span } from './styled-text.ts';
import type { Theme } from './theme.ts';

/** What draws a player; loaded with the first lesson. */
export type PlayerView = ComponentType<{ app: AppState; state: PlayerState; theme: Theme }>;

/** The whole screen, one of its kinds. */
export function App(props: {
  state: AppState;
  contexts: readonly Context[];
  theme: Theme;
  player: PlayerView | null;
}) {
  const { state, contexts, theme, player: PlayerScreen } = props;
  const { screen, overlay, size } = state;
  if (isTooSmall(size)) {
    const words = `walkthrough needs ${smallest.columns} columns and ${smallest.rows} rows; here are ${size.columns} and ${size.rows}. Make the window larger to go on.`;
    return <Message text={words} state={state} theme={theme} />;
  }
  if (overlay.kind === 'help') {
    return <Help state={state} contexts={contexts} help={overlay} theme={theme} />;
  }
  switch (screen.kind) {
    case 'home':
      return <Home state={state} theme={theme} />;
    case 'opening':
      return <Message text={`Opening “${screen.title}” …`} state={state} theme={theme} />;
    case 'player':
      return PlayerScreen === null ? null : <PlayerScreen app={state} state={screen.player} theme={theme} />;
  }
}

function Message({ text, state, theme }: { text: string; state: AppState; theme: Theme }) {
  const { columns, rows } = state.size;
  return (
    <Box width={columns} height={rows} padding={1}>
      <Text wrap="wrap">{theme([span(text)])}</Text>
    </Box>
  );
}
