import { bestFound, foundCards, type HomeSearch } from './home-search.ts';
import type { Key } from './key-decoder.ts';
import { bindingFor, type Context } from './keys.ts';
import type { Size } from './layout.ts';
import { type Opening, openingTitle } from './opening.ts';
import type { PlayerEffect, PlayerState, PlayerStep } from './player-state.ts';
import {
  type CoursePort,
  type DueForReview,
  dueText,
  type LessonCard,
  type Start,
  sandboxId,
} from './ports.ts';
import { pressHelp } from './press-help.ts';
import { type Search, searchAfter } from './search.ts';

/** Everything on the screen. Replaced, never changed. */
export interface AppState {
  readonly size: Size;
  readonly cards: readonly LessonCard[];
  /** Index of the lesson under the marker of the home screen. */
  readonly selected: number;
  /** Id of the lesson that comes next in the course; null when there are none. */
  readonly next: string | null;
  readonly due: DueForReview;
  /** What is searched for on the home screen; null while nothing is. */
  readonly search: HomeSearch | null;
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

export type Overlay = { readonly kind: 'none' } | HelpOverlay;

/** The keys and the glossary, or the terms of the text that is shown. */
export interface HelpOverlay {
  readonly kind: 'help';
  readonly topic: 'keys' | 'terms';
  readonly scroll: number;
  /** What is searched for in it; null while nothing is. */
  readonly search: Search | null;
}

export type AppEffect =
  | Exclude<PlayerEffect, { kind: 'leave' | 'go-on' | 'notice' }>
  | { readonly kind: 'open'; readonly what: Opening }
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

/** What the course says of itself now, for the home screen. */
export function contentsNow(course: CoursePort): Pick<AppState, 'cards' | 'next' | 'due'> {
  return { cards: course.lessons(), next: course.next(), due: course.due() };
}

/** The state of a program just started. */
export function homeState(size: Size, course: CoursePort, start: Start, notice: string | null): AppState {
  const contents = contentsNow(course);
  const marked = (start.kind === 'home' ? start.at : undefined) ?? contents.next;
  const selected = Math.max(
    0,
    contents.cards.findIndex((card) => card.id === marked),
  );
  return {
    ...contents,
    size,
    selected,
    search: null,
    screen: { kind: 'home' },
    overlay: { kind: 'none' },
    notice,
    armed: null,
    parked: null,
  };
}

/** Where a key means something now, most particular first. */
export function contextsNow(state: AppState, keys: PlayerKeys | null): readonly Context[] {
  if (state.overlay.kind === 'help')
    return [state.overlay.search?.isTyped ? 'help-search' : 'help', 'everywhere'];
  return screenContexts(state, keys);
}

/** The same, without the help: what the help explains. */
export function screenContexts({ screen, search }: AppState, keys: PlayerKeys | null): readonly Context[] {
  if (screen.kind === 'player' && keys !== null) return keys.contextsOf(screen.player);
  if (screen.kind !== 'home') return ['everywhere'];
  return search?.isTyped ? ['search', 'everywhere'] : ['home', 'everywhere'];
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
      return still({ ...state, overlay: helpOn('keys') });
    case 'terms':
      return still({ ...state, overlay: helpOn('terms') });
    case 'words':
      return words(state, key, keys);
    case 'interrupt':
      return interrupt(state, key, keys, isAgain);
  }
  if (state.overlay.kind === 'help') {
    const overlay = pressHelp(state, screenContexts(state, keys), action, key, state.overlay);
    return still(overlay === state.overlay ? state : { ...state, overlay });
  }
  switch (state.screen.kind) {
    case 'opening':
      return still(state);
    case 'home':
      return state.search?.isTyped
        ? pressSearch(state, action, key, state.search)
        : pressHome(state, action, isAgain);
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
  const [goOn] = step.effects.flatMap((effect) => (effect.kind === 'go-on' ? [effect.lesson] : []));
  const card = state.cards.find(({ id }) => id === goOn);
  if (card !== undefined) return openLesson(state, card, 'where-left');
  const effects = step.effects.filter(
    (effect) => effect.kind !== 'leave' && effect.kind !== 'go-on' && effect.kind !== 'notice',
  );
  const [notice = state.notice] = step.effects.flatMap((effect) =>
    effect.kind === 'notice' ? [effect.words] : [],
  );
  const isSame = state.screen.kind === 'player' && state.screen.player === step.state;
  const said = notice === state.notice ? state : { ...state, notice };
  return { state: isSame ? said : { ...said, screen: { kind: 'player', player: step.state } }, effects };
}

function helpOn(topic: HelpOverlay['topic']): HelpOverlay {
  return { kind: 'help', topic, scroll: 0, search: null };
}

function still(state: AppState): AppStep {
  return { state, effects: [] };
}

/** The words that are marked in the text; where none is, those of all that is shown. */
function words(state: AppState, key: Key, keys: PlayerKeys | null): AppStep {
  if (state.screen.kind === 'player' && keys !== null) {
    const step = keys.pressKey(state.screen.player, key, state.size);
    if (step.state.word !== null) return stepped(state, step);
  }
  return still({ ...state, overlay: helpOn('terms') });
}

function interrupt(state: AppState, key: Key, keys: PlayerKeys | null, isAgain: boolean): AppStep {
  if (isAgain) return { state, effects: [{ kind: 'quit' }] };
  if (state.screen.kind === 'player' && keys !== null && state.overlay.kind === 'none') {
    const step = keys.pressKey(state.screen.player, key, state.size);
    if (step.state !== state.screen.player) return stepped(state, step);
  }
  return still({ ...state, armed: 'quit', notice: quitWords(state) });
}

function quitWords({ screen }: AppState): string {
  if (screen.kind === 'player' && screen.player.editing !== null) {
    return 'What you edit is kept only with Ctrl+S. The same key again quits.';
  }
  const isFreePlay = screen.kind === 'player' && screen.player.play.view.part === 'sandbox';
  return isFreePlay
    ? 'A sandbox is forgotten when you quit. The same key again quits.'
    : 'Your place is kept. The same key again quits.';
}

function pressSearch(state: AppState, action: unknown, key: Key, search: HomeSearch): AppStep {
  if (action === 'up' || action === 'down') return still(select(state, action === 'up' ? -1 : 1));
  if (action === 'back') return still(endSearch(state, search));
  const after = searchAfter(search, action, key);
  if (after === null || after.words === search.words) return still({ ...state, search: after });
  return still({ ...state, search: after, selected: bestFound(state.cards, after, state.selected) });
}

function endSearch(state: AppState, { from }: HomeSearch): AppState {
  return { ...state, selected: from, search: null };
}

function select(state: AppState, by: -1 | 1): AppState {
  const found = foundCards(state);
  const at = found.indexOf(state.selected);
  const selected = found[(at + by + found.length) % found.length];
  return selected === undefined ? state : { ...state, selected };
}

/** The marker moves without going round. */
function jump(state: AppState, action: 'page-up' | 'page-down' | 'top' | 'bottom'): AppState {
  const found = foundCards(state);
  // Never more than is in sight.
  const page = Math.max(3, Math.floor(state.size.rows / 4));
  const by = { 'page-up': -page, 'page-down': page, top: -found.length, bottom: found.length }[action];
  const at = Math.min(found.length - 1, found.indexOf(state.selected) + by);
  return { ...state, selected: found[Math.max(0, at)] ?? state.selected };
}

function pressHome(state: AppState, action: unknown, isAgain: boolean): AppStep {
  const card = foundCards(state).includes(state.selected) ? state.cards[state.selected] : undefined;
  switch (action) {
    case 'up':
    case 'down':
      return still(select(state, action === 'up' ? -1 : 1));
    case 'page-up':
    case 'page-down':
    case 'top':
    case 'bottom':
      return still(jump(state, action));
    case 'search': {
      const { words, from } = state.search ?? { words: '', from: state.selected };
      return still({ ...state, search: { words, from, isTyped: true } });
    }
    case 'back':
      return still(
        state.search === null
          ? { ...state, notice: 'This is the first screen: q leaves the program.' }
          : endSearch(state, state.search),
      );
    case 'quit':
      return { state, effects: [{ kind: 'quit' }] };
    case 'accept':
      return card === undefined ? still(state) : openLesson(state, card, 'where-left');
    case 'next-lesson': {
      const next = state.cards.find(({ id }) => id === state.next);
      return next === undefined ? still(state) : openLesson(state, next, 'where-left');
    }
    case 'review':
      return state.due.count === 0
        ? still({ ...state, notice: dueText(state.due) })
        : opening(state, { kind: 'review' });
    case 'quiz':
      return card === undefined ? still(state) : opening(state, { kind: 'quiz', lesson: card.id });
    case 'sandbox':
      return card === undefined ? still(state) : openSandbox(state, card.id);
    case 'empty-sandbox':
      return openSandbox(state, null);
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

function openSandbox(state: AppState, lesson: string | null): AppStep {
  const { parked } = state;
  if (parked?.play.lesson === sandboxId(lesson)) {
    return still({ ...state, parked: null, screen: { kind: 'player', player: parked } });
  }
  return opening(state, { kind: 'sandbox', lesson });
}

function openLesson(state: AppState, card: LessonCard, from: 'where-left' | 'anew'): AppStep {
  const { parked } = state;
  if (from === 'where-left' && parked?.play.lesson === card.id) {
    return still({ ...state, parked: null, screen: { kind: 'player', player: parked } });
  }
  return opening(state, { kind: 'lesson', lesson: card.id, from });
}

function opening(state: AppState, what: Opening): AppStep {
  const screen = { kind: 'opening', title: openingTitle(what, state.cards) } as const;
  const search = state.search === null ? null : { ...state.search, from: state.selected };
  return { state: { ...state, search, parked: null, screen }, effects: [{ kind: 'open', what }] };
}
