import type { AppState, HelpOverlay, Overlay } from './app-state.ts';
import { helpRows, helpText } from './help-text.ts';
import type { Key } from './key-decoder.ts';
import type { Context } from './keys.ts';
import { searchAfter } from './search.ts';

/** One key while a help is open. `contexts` are those that it explains. */
export function pressHelp(
  state: AppState,
  contexts: readonly Context[],
  action: unknown,
  key: Key,
  help: HelpOverlay,
): Overlay {
  const { search } = help;
  const move = moves.find((each) => each === action);
  if (move !== undefined) return scrolled(state, contexts, move, help);
  if (search?.isTyped) {
    const after = searchAfter(search, action, key);
    // What is found is read from its beginning; once it is kept it stays where it was.
    return { ...help, search: after, scroll: after?.words === search.words ? help.scroll : 0 };
  }
  switch (action) {
    case 'search':
      return { ...help, search: { words: search?.words ?? '', isTyped: true } };
    case 'back':
      return search === null ? { kind: 'none' } : { ...help, search: null, scroll: 0 };
    case 'close':
      return { kind: 'none' };
    default:
      return help;
  }
}

const moves = ['up', 'down', 'page-up', 'page-down', 'top', 'bottom'] as const;

function scrolled(
  state: AppState,
  contexts: readonly Context[],
  move: (typeof moves)[number],
  help: HelpOverlay,
): HelpOverlay {
  const height = helpRows(state.size);
  const last = Math.max(0, helpText(state, contexts, help).length - height);
  const page = Math.max(1, height - 1);
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, top: -last, bottom: last }[move];
  // On a terminal that grew, more is in sight than when it was scrolled.
  const scroll = Math.max(0, Math.min(last, Math.min(last, help.scroll) + by));
  return scroll === help.scroll ? help : { ...help, scroll };
}
