import type { Key } from './key-decoder.ts';
import { bindingFor, type Context } from './keys.ts';
import type { Size } from './layout.ts';
import type { PlayerEffect, PlayerState, PlayerStep } from './player-state.ts';
import type { LessonCard } from './ports.ts';

/** Everything on the screen. Replaced, never changed. */
export interface AppState {
  readonly size: Size;
  readonly cards: readonly LessonCard[];
  /** Index of the lesson under the marker of the home screen. */
  readonly selected: number;
  readonly screen: Screen;
  readonly overlay: Overlay;
  /** A sentence shown in the footer's place until the next key. */
  readonly notice: string | null;
  /** What a second press of the same key will do. */
  readonly armed: 'quit' | 'restart' | null;
  /** The lesson that was left for the home screen, as it was: coming back continues it. */
  readonly parked: PlayerState | null;
}

export type Screen =
  | { readonly kind: 'home' }
  | { readonly kind: 'opening'; readonly title: string }
  | { readonly kind: 'player'; readonly player: PlayerState };

export type Overlay = { readonly kind: 'none' } | { readonly kind: 'help'; readonly scroll: number };

export type AppEffect =
  | Exclude<PlayerEffect, { kind: 'leave' }>
  | { readonly kind: 'open'; readonly lesson: string; readonly from: 'where-left' | 'anew' }
  | { readonly kind: 'left' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'quit' };

export interface AppStep {
  readonly state: AppState;
  readonly effects: readonly AppEffect[];
}

/** The player's part of the reducer. It is loaded with the first lesson, so that starting up stays quick. */
export interface PlayerKeys {
  contextsOf(state: PlayerState): readonly Context[];
  pressKey(state: PlayerState, key: Key, size: Size): PlayerStep;
}

/** The state of a program just started. */
export function homeState(
  size: Size,
  cards: readonly LessonCard[],
  next: string | null,
  notice: string | null,
): AppState {
  const selected = Math.max(
    0,
    cards.findIndex((card) => card.id === next),
  );
  return {
    size,
    cards,
    selected,
    screen: { kind: 'home' },
    overlay: { kind: 'none' },
    notice,
    armed: null,
    parked: null,
  };
}

/** Where a key means something now, most particular first. */
export function contextsNow(state: AppState, keys: PlayerKeys | null): readonly Context[] {
  if (state.overlay.kind === 'help') return ['help', 'everywhere'];
  return screenContexts(state, keys);
}

/** The same, without the help: what the help explains. */
export function screenContexts({ screen }: AppState, keys: PlayerKeys | null): readonly Context[] {
  if (screen.kind === 'player' && keys !== null) return keys.contextsOf(screen.player);
  return screen.kind === 'home' ? ['home', 'everywhere'] : ['everywhere'];
}

/** One key. */
export function press(before: AppState, key: Key, keys: PlayerKeys | null): AppStep {
  const action = bindingFor(key, contextsNow(before, keys))?.action;
  const isAgain =
    (before.armed === 'quit' && action === 'interrupt') ||
    (before.armed === 'restart' && action === 'restart');
  const state =
    before.notice === null && before.armed === null ? before : { ...before, notice: null, armed: null };
  switch (action) {
    case 'suspend':
      return { state, effects: [{ kind: 'suspend' }] };
    case 'redraw':
      return { state, effects: [{ kind: 'redraw' }] };
    case 'help':
      return still({ ...state, overlay: { kind: 'help', scroll: 0 } });
    case 'interrupt':
      return interrupt(state, key, keys, isAgain);
  }
  if (state.overlay.kind === 'help') return still(pressHelp(state, action, state.overlay.scroll));
  switch (state.screen.kind) {
    case 'opening':
      return still(state);
    case 'home':
      return pressHome(state, action, isAgain);
    case 'player':
      return keys === null
        ? still(state)
        : stepped(state, keys.pressKey(state.screen.player, key, state.size));
  }
}

/** Takes over what the player's reducer answered. */
export function stepped(state: AppState, step: PlayerStep): AppStep {
  if (step.effects.some((effect) => effect.kind === 'leave')) {
    return {
      state: { ...state, screen: { kind: 'home' }, parked: step.state },
      effects: [{ kind: 'left' }],
    };
  }
  const effects = step.effects.filter((effect) => effect.kind !== 'leave');
  const isSame = state.screen.kind === 'player' && state.screen.player === step.state;
  return { state: isSame ? state : { ...state, screen: { kind: 'player', player: step.state } }, effects };
}

function still(state: AppState): AppStep {
  return { state, effects: [] };
}

function interrupt(state: AppState, key: Key, keys: PlayerKeys | null, isAgain: boolean): AppStep {
  if (isAgain) return { state, effects: [{ kind: 'quit' }] };
  if (state.screen.kind === 'player' && keys !== null && state.overlay.kind === 'none') {
    const step = keys.pressKey(state.screen.player, key, state.size);
    if (step.state !== state.screen.player) return stepped(state, step);
  }
  return still({ ...state, armed: 'quit', notice: 'Your place is kept. The same key again quits.' });
}

function pressHelp(state: AppState, action: unknown, scroll: number): AppState {
  const steps: Readonly<Record<string, number>> = { up: -1, down: 1, 'page-up': -10, 'page-down': 10 };
  if (action === 'back') return { ...state, overlay: { kind: 'none' } };
  const by = typeof action === 'string' ? (steps[action] ?? 0) : 0;
  return by === 0 ? state : { ...state, overlay: { kind: 'help', scroll: Math.max(0, scroll + by) } };
}

function pressHome(state: AppState, action: unknown, isAgain: boolean): AppStep {
  const card = state.cards[state.selected];
  const count = state.cards.length;
  switch (action) {
    case 'up':
    case 'down':
      if (count === 0) return still(state);
      return still({ ...state, selected: (state.selected + (action === 'up' ? -1 : 1) + count) % count });
    case 'quit':
      return { state, effects: [{ kind: 'quit' }] };
    case 'accept':
      return card === undefined ? still(state) : openLesson(state, card, 'where-left');
    case 'restart':
      if (card === undefined) return still(state);
      if (isAgain || card.progress.state === 'new') return openLesson(state, card, 'anew');
      return still({
        ...state,
        armed: 'restart',
        notice: `The same key again starts “${card.title}” over, from its first page.`,
      });
    default:
      return still(state);
  }
}

function openLesson(state: AppState, card: LessonCard, from: 'where-left' | 'anew'): AppStep {
  const { parked } = state;
  if (from === 'where-left' && parked?.play.lesson === card.id) {
    return still({ ...state, parked: null, screen: { kind: 'player', player: parked } });
  }
  return {
    state: { ...state, parked: null, screen: { kind: 'opening', title: card.title } },
    effects: [{ kind: 'open', lesson: card.id, from }],
  };
}
