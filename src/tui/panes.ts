import { actorName } from '../cloud/index.ts';
import type { StepView } from '../course/view.ts';
import type { Attempt, Moment } from '../shell/session.ts';
import { accountLines, attemptLines } from './account.ts';
import { askRows } from './ask.ts';
import { candidateLines } from './candidates.ts';
import { changeLines } from './changes.ts';
import { withWord } from './chosen-word.ts';
import { decisionRows } from './decision.ts';
import { checkLines, type EditorText, editorText } from './editor-panes.ts';
import { keepAskOf, keepAskRows } from './keep-ask.ts';
import { editorLayout, type Layout, layoutFor, type Room, readingWidth, type Size } from './layout.ts';
import { type Narrative, narrative } from './narrative.ts';
import { examinationOf, type PlayerState } from './player-state.ts';
import type { PolicyEditing } from './policy-editor.ts';
import { type Line, linesOf, plainText, span, wrap } from './styled-text.ts';
import { timelineLines } from './timeline.ts';

/** A pane's whole text and the part of it in sight. */
export interface PaneText {
  readonly lines: readonly Line[];
  /** Index of the first row in sight, of those that scroll. */
  readonly first: number;
  /** How many rows at the top stay while the others scroll below them; none when left out. */
  readonly pinned?: number;
  readonly width: number;
  readonly height: number;
}

/** All panes of a player's screen, laid out for a size. */
export interface Panes {
  readonly layout: Layout;
  readonly narrative: Narrative;
  readonly lesson: PaneText;
  readonly account: PaneText;
  readonly changes: PaneText;
  readonly timeline: PaneText;
  /** The file that is edited; without a cursor and empty while none is. */
  readonly editor: EditorText | (PaneText & { readonly cursor: null });
  readonly decision: PaneText & { readonly layerAt: number };
  /** `cursor` is counted from the first row in sight; null where nothing is typed. */
  readonly prompt: PaneText & { readonly cursor: { readonly row: number; readonly column: number } | null };
}

const nowhere: Room = { width: 40, height: 1 };

/** The account, below the way of its last request. */
interface Picture {
  readonly lines: readonly Line[];
  readonly pinned: number;
}

// A key is answered, drawn, and given its cursor from the same panes; neither a state nor a view ever changes.
const panesMade = new WeakMap<PlayerState, { size: Size; footer: number; panes: Panes }>();
// The last one alone: moments live as long as their session, and a picture is much larger than what changed in it.
let pictureMade: ({ now: Moment; attempt: Attempt | null; width: number } & Picture) | null = null;
const narrativesMade = new WeakMap<StepView, { readonly width: number; readonly made: Narrative }>();

/**
 * Lays out everything above a footer of so many rows, which are more than one while it says something long. Pure; what
 * was made for the same state and size is remembered.
 */
export function panesOf(state: PlayerState, size: Size, footer = 1): Panes {
  const known = panesMade.get(state);
  if (known?.size === size && known.footer === footer) return known.panes;
  const panes = makePanes(state, size, footer);
  panesMade.set(state, { size, footer, panes });
  return panes;
}

function narrativeOf(view: StepView, width: number): Narrative {
  const known = narrativesMade.get(view);
  if (known?.width === width) return known.made;
  const made = narrative(view, width);
  narrativesMade.set(view, { width, made });
  return made;
}

/** A picture of a large world takes longer than a key may: it is made again only when something in it changed. */
function pictureOf(now: Moment, attempt: Attempt | null, width: number): Picture {
  const known = pictureMade;
  if (known?.now === now && known.attempt === attempt && known.width === width) return known;
  const path = attemptLines(now.world, attempt, width);
  const lines = [...path, ...accountLines(now.world, now.actor, width)];
  pictureMade = { now, attempt, width, lines, pinned: path.length };
  return pictureMade;
}

/** While a file is edited there is nothing else: its text, and below what is said of it. */
function withEditor(panes: Panes, editing: PolicyEditing, size: Size, footer: number): Panes {
  const layout = editorLayout(size, footer);
  if (layout.kind !== 'tabs' || layout.lower === null) return panes;
  const below = cut(checkLines(editing, layout.lower.width), 0, layout.lower);
  return { ...panes, layout, editor: editorText(editing, layout.upper), prompt: { ...below, cursor: null } };
}

function makePanes(state: PlayerState, size: Size, footer: number): Panes {
  const panes = playPanes(state, size, footer);
  return state.editing === null ? panes : withEditor(panes, state.editing, size, footer);
}

function playPanes(state: PlayerState, size: Size, footer: number): Panes {
  const { view } = state.play;
  const hasAccount = view.session !== null;
  const width = hasAccount ? size.columns - 4 : Math.min(readingWidth, size.columns - 6);
  const actor = view.session === null ? '' : actorName(view.session.now.world, view.session.now.actor);
  const { choice, editor, asking } = state;
  const tried = triedOptions(view);
  const isReadingWords = state.word !== null;
  const keepAsk = keepAskOf(state);
  const ask =
    keepAsk !== null && view.session !== null && state.timeline !== null
      ? keepAskRows(view.session, state.timeline.at, keepAsk, width)
      : askRows(view.ask, { choice, editor, asking, actor, tried, isReadingWords }, width);
  const before = keepAsk === null ? transcriptLines(state, width) : [];
  const after = candidateLines(state.candidates, width, 4);
  const layout = layoutFor(size, {
    split: state.split,
    account: hasAccount,
    zoomed: state.zoomed,
    choosing: view.ask.kind === 'choose',
    whole: state.focus !== 'prompt' && state.focus !== 'lesson',
    footer,
    rows: {
      // A task's prompt keeps a little room, so that the panes do not jump with the first answer.
      least: Math.max(ask.lines.length + after.length, view.ask.kind === 'task' ? 4 : 1),
      full: before.length + ask.lines.length + after.length,
      lesson: (columns) => narrativeOf(view, columns).lines.length,
    },
  });
  const room = roomsOf(layout, state);
  const lesson = narrativeOf(view, room.lesson.width);
  const decision =
    state.decision === null
      ? { lines: [], layerAt: 0 }
      : decisionRows(examinationOf(state), state.decision, room.decision.width, state.lit);
  const account: Picture =
    view.session === null
      ? { lines: [], pinned: 0 }
      : pictureOf(view.session.now, state.attempt, room.account.width);
  const shown = {
    changes: changeLines(state.changes, room.account.width),
    timeline:
      view.session === null || state.timeline === null
        ? { lines: [], pinned: 0 }
        : timelineLines(view.session, state.timeline, room.account),
  };
  return {
    layout,
    narrative: lesson,
    lesson: cut(
      withWord(lesson.lines, lesson.terms, state.word, room.lesson.width),
      state.scroll.lesson,
      room.lesson,
    ),
    changes: cut(shown.changes, state.scroll.changes, room.account),
    timeline: {
      ...cut(shown.timeline.lines, state.scroll.timeline, room.account),
      pinned: shown.timeline.pinned,
    },
    editor: { lines: [], first: 0, ...nowhere, cursor: null },
    account: {
      ...cut(account.lines, state.scroll.account, room.account),
      // In a low pane the account needs all the rows there are.
      pinned: account.pinned * 2 > room.account.height ? 0 : account.pinned,
    },
    decision: { ...cut(decision.lines, state.scroll.decision, room.decision), layerAt: decision.layerAt },
    prompt: promptPane(before, ask, after, state.scroll.prompt, room.prompt),
  };
}

/** Options of a question that were chosen and are not right, by index. */
function triedOptions({ passages }: StepView): ReadonlySet<number> {
  return new Set(
    passages.flatMap(({ kind, option }) =>
      kind === 'reply-wrong' && option !== undefined ? [option - 1] : [],
    ),
  );
}

function roomsOf(
  layout: Layout,
  state: PlayerState,
): Readonly<Record<'lesson' | 'account' | 'decision' | 'prompt', Room>> {
  switch (layout.kind) {
    case 'too-small':
      return { lesson: nowhere, account: nowhere, decision: nowhere, prompt: nowhere };
    case 'together':
      return { lesson: layout.left, account: layout.right, decision: layout.right, prompt: layout.lower };
    case 'reading':
      return { lesson: layout.upper, account: nowhere, decision: nowhere, prompt: layout.lower };
    case 'tabs': {
      const { upper } = layout;
      const isPromptAlone = state.zoomed && state.focus === 'prompt';
      return {
        lesson: upper,
        account: upper,
        decision: upper,
        prompt: isPromptAlone ? upper : (layout.lower ?? upper),
      };
    }
  }
}

function cut(lines: readonly Line[], scroll: number, { width, height }: Room): PaneText {
  const most = Math.max(0, lines.length - height);
  return { lines, first: Math.min(Math.max(0, scroll), most), width, height };
}

function promptPane(
  before: readonly Line[],
  ask: ReturnType<typeof askRows>,
  after: readonly Line[],
  scroll: number,
  room: Room,
): Panes['prompt'] {
  const lines = [...before, ...ask.lines, ...after];
  const needed = ask.needed === null ? lines.length - 1 : before.length + ask.needed;
  const end = lines.length - room.height;
  // The question's beginning stays in sight as long as the marked option does too.
  const first =
    ask.needed === null || ask.lines.length <= room.height
      ? end
      : Math.max(before.length, needed - room.height + 1);
  const at = Math.max(0, first - scroll);
  const row = ask.cursor === null ? -1 : before.length + ask.cursor.row - at;
  const isInSight = row >= 0 && row < room.height;
  return {
    lines,
    first: at,
    ...room,
    cursor: ask.cursor !== null && isInSight ? { row, column: ask.cursor.column } : null,
  };
}

/** What was run in the present step, as a terminal shows it. */
function transcriptLines({ transcript, play }: PlayerState, width: number): Line[] {
  const { ask, step } = play.view;
  const shown = transcript.filter((entry) => entry.step === step.id);
  const lines = shown.flatMap((entry) => [
    ...linesOf(entry.line, 'strong').flatMap((row, index) =>
      wrap([span(index === 0 ? `${entry.as}$ ` : '> ', 'faint'), ...row], width, [span('  ')]),
    ),
    ...(entry.output === '' ? [] : linesOf(entry.output).flatMap((row) => outputRows(row, width))),
  ]);
  return ask.kind === 'task' || lines.length === 0 ? lines : [...lines, []];
}

/** A row of an answer. What goes on below a table's row stands in from it. */
function outputRows(row: Line, width: number): Line[] {
  return wrap(row, width, /\S {2,}\S/.test(plainText(row)) ? [span('      ')] : []);
}
