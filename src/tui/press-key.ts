import { splitCommands } from '../course/commands.ts';
import { type EditAsk, savedEvent, textToEdit } from '../course/edit-ask.ts';
import type { Ask, PlayerEvent, StepView } from '../course/view.ts';
import { isChange } from '../shell/index.ts';
import { answeredLine, leaveQuestion, withoutQuestion, withQuestion } from './answer-question.ts';
import { completed } from './complete-word.ts';
import { pressInEditor } from './edit-file.ts';
import { noHintWords } from './hint-words.ts';
import type { Key } from './key-decoder.ts';
import { bindingFor } from './keys.ts';
import type { Size } from './layout.ts';
import { edit, insert, isUnfinished, submit } from './line-editor.ts';
import { panesOf } from './panes.ts';
import {
  contextsOf,
  openPanes,
  openPlayer,
  type Pane,
  type PlayerEffect,
  type PlayerState,
  type PlayerStep,
  restingPane,
} from './player-state.ts';
import { openEditor } from './policy-editor.ts';
import type { Play } from './ports.ts';
import { pressInWords, readWords } from './read-words.ts';
import { followPicture, isLonger, scrolledPane, scrollTo } from './scroll.ts';
import {
  changesAfter,
  compareMoments,
  markMoment,
  moveMoment,
  showChanges,
  showTimeline,
} from './show-changes.ts';
import { moveLayer, otherCheck, showDecision, showLastDecision, toggleLayer } from './show-decision.ts';
import { entryOf, sayAtPrompt, sayBelow, withEntry } from './transcript.ts';
import { NOTHING_EARLIER, showLatest, turnPages } from './turn-pages.ts';

/** One key. An unknown key, or one with nothing to do, gives the same state back. */
export function pressKey(state: PlayerState, key: Key, size: Size): PlayerStep {
  if (state.editing !== null) {
    const step = pressInEditor(state, state.editing, key);
    return step.kind === 'still'
      ? step.step
      : saveEdited(state, state.editing.ask, state.editing.text.text, size);
  }
  const fresh = state.candidates.length === 0 ? state : { ...state, candidates: [] };
  const binding = bindingFor(key, contextsOf(state));
  if (state.word !== null) return still(pressInWords(state, state.word, binding?.action, size));
  if (binding === undefined) return still(typed(fresh, key));
  const { action } = binding;
  if (typeof action === 'object') return still({ ...fresh, editor: edit(fresh.editor, action.edit) });
  switch (action) {
    case 'accept':
      return accept(fresh, size);
    case 'option':
      return choose(fresh, Number(key.text) - 1, size);
    case 'up':
      return still(move(fresh, -1, size));
    case 'down':
      return still(move(fresh, 1, size));
    case 'page-up':
    case 'page-down':
    case 'top':
    case 'bottom':
      return still(scrollBy(fresh, pagedPane(fresh, size), action, size));
    case 'lesson-page':
      return still(scrollBy(fresh, 'lesson', 'page-down', size));
    case 'earlier':
      return turnPages(fresh, { type: 'earlier.asked' }, size);
    case 'lesson-up':
    case 'lesson-down':
      return still(scrollLesson(fresh, action === 'lesson-down' ? 3 : -3, size));
    case 'next-pane':
      return still(nextPane(fresh));
    case 'zoom':
      return still({ ...fresh, zoomed: !fresh.zoomed });
    case 'narrower':
    case 'wider':
      return still(moveBorder(fresh, action === 'wider' ? 3 : -3, 0, size));
    case 'higher':
    case 'lower':
      return still(moveBorder(fresh, 0, action === 'higher' ? 1 : -1, size));
    case 'hint':
      return askHint(fresh, size);
    case 'decision':
      return orSay(fresh, showLastDecision(fresh), 'No request has reached AWS yet.');
    case 'changes':
      return fresh.changes === null
        ? orSay(fresh, fresh, 'Nothing has changed since you came here.')
        : still(showChanges(fresh));
    case 'timeline':
      return orSay(fresh, showTimeline(fresh));
    case 'mark-moment':
      return still(markMoment(fresh));
    case 'compare-moments':
      return still(compareMoments(fresh));
    case 'continue-from':
      return fresh.timeline === null
        ? still(fresh)
        : send(fresh, { type: 'moment.chosen', index: fresh.timeline.at }, size);
    case 'words':
      return still(readWords(fresh, size));
    case 'previous-check':
      return still(otherCheck(fresh, -1));
    case 'next-check':
      return still(otherCheck(fresh, 1));
    case 'open-layer':
      return still(toggleLayer(fresh));
    case 'complete':
      return still(completed(fresh));
    case 'back':
      return back(fresh, size);
    case 'next-lesson': {
      const { following } = fresh.play;
      return following === null
        ? still(fresh)
        : { state: fresh, effects: [{ kind: 'go-on', lesson: following }] };
    }
    case 'interrupt':
      if (fresh.asking !== null) return still(leaveQuestion(fresh));
      return still(fresh.editor.text === '' ? fresh : { ...fresh, editor: edit(fresh.editor, 'clear') });
    default:
      return still(fresh);
  }
}

/** What the learner did, by a key or with an editor: the play goes on and the lesson scrolls to what is new. */
export function send(state: PlayerState, event: PlayerEvent, size: Size): PlayerStep {
  const play = state.play.send(event);
  if (play === state.play) return still(event.type === 'file.saved' ? closeEditor(state) : state);
  const asks = play.last === state.play.last ? null : (play.last?.asks ?? null);
  if (asks !== null) return still(withQuestion(state, play, asks));
  const before = state.play.view;
  const view = play.view;
  const isAnswered = event.type === 'line.entered' || before.session !== view.session;
  const isNewStep = view.step.id !== before.step.id || view.part !== before.part;
  // Each question of a review is asked in a world of its own.
  if (isNewStep && before.part === 'review') {
    return { state: { ...openPlayer(play), split: state.split }, effects: [{ kind: 'keep' }] };
  }
  const last = play.last !== null && play.last !== state.play.last ? play.last : null;
  const moved: PlayerState = {
    ...state,
    play,
    attempt:
      view.session === null || event.type === 'moment.chosen'
        ? null
        : (last?.attempts.at(-1) ?? state.attempt),
    choice: isSameQuestion(before.ask, view.ask) ? state.choice : 0,
    transcript:
      last === null || last.folder?.kind === 'read'
        ? state.transcript
        : withEntry(state.transcript, entryOf(view.step.id, last)),
    ...(isAnswered ? withoutQuestion(state) : {}),
    focus: 'prompt',
    upper: restingPane(view),
    zoomed: state.zoomed && state.focus === 'prompt' && view.ask.kind === 'task',
    decision: null,
    changes: changesAfter(before.session, view.session, state.changes),
    timeline: null,
    word: null,
    editing: null,
    scroll: { ...state.scroll, prompt: 0 },
  };
  const told = event.type === 'file.saved' ? sayBelow(moved, `${event.name} is saved.`) : moved;
  const followed = before.session?.now === view.session?.now ? told : followPicture(state, told, size);
  const scrolled = scrollTo(followed, 'lesson', lessonRow(before, followed, isNewStep, size), size);
  const next = last?.showDecision == null ? scrolled : showDecision(scrolled, last.showDecision);
  const opened = last === null || last.edit === null ? next : openAsked(next, last.edit);
  const ask = last?.folder ?? null;
  const asked: readonly PlayerEffect[] =
    last === null || ask === null ? [] : [{ kind: 'folder', ask, turn: last }];
  return { state: opened, effects: [{ kind: 'keep' }, ...asked] };
}

function openAsked(state: PlayerState, ask: EditAsk): PlayerState {
  const editing = openEditor(ask, textToEdit(ask, state.play.view.session));
  return { ...state, focus: 'editor', zoomed: false, editing };
}

/** What was edited is saved: a file is written; a policy goes to AWS with a command, which Up brings back. */
export function saveEdited(state: PlayerState, ask: EditAsk, content: string, size: Size): PlayerStep {
  const event = savedEvent(ask, content);
  if (event === null) return still(closeEditor(state));
  const typed = event.type === 'line.entered' ? submit({ ...state.editor, text: event.line }) : state.editor;
  return send({ ...state, editor: typed }, event, size);
}

function closeEditor(state: PlayerState): PlayerState {
  return state.editing === null ? state : { ...state, editing: null, focus: 'prompt' };
}

/**
 * The row the lesson should begin with: the first new passage, the goals with the reply to what was just done in
 * sight, or where it was.
 */
function lessonRow(before: StepView, state: PlayerState, isNewStep: boolean, size: Size): number {
  const { view } = state.play;
  if (isNewStep) return 0;
  const { narrative, lesson } = panesOf(state, size);
  if (view.passages.length > before.passages.length) {
    return narrative.passageAt[before.passages.length] ?? state.scroll.lesson;
  }
  const { goalsAt, reply } = narrative;
  const isOther = view.goals.some(({ feedback, state: stands }, index) => {
    const was = before.goals[index];
    return feedback !== was?.feedback || stands !== was.state;
  });
  if (goalsAt === null || !(isOther || (reply !== null && hasChanged(before, view)))) {
    return state.scroll.lesson;
  }
  // Where not all goals fit, the one that failed comes before those above it.
  return reply === null ? goalsAt : Math.max(goalsAt, Math.min(reply.from, reply.to - lesson.height));
}

function hasChanged(before: StepView, { session }: StepView): boolean {
  return before.session !== null && session !== null && isChange(before.session.now, session.now);
}

/** The state with which a lesson's screen begins: what came last in the step is in sight. */
export function openLesson(play: Play, size: Size): PlayerState {
  return showLatest(openPlayer(play), size);
}

/** The same place in the lesson on a terminal of another size. */
export function resize(state: PlayerState, from: Size, to: Size): PlayerState {
  const { lesson, narrative } = panesOf(state, from);
  const passage = narrative.passageAt.findLastIndex((row) => row <= lesson.first);
  const isAtEnd = lesson.first > 0 && lesson.first + lesson.height >= lesson.lines.length;
  const start =
    passage < 0 || lesson.first === 0 ? 0 : (panesOf(state, to).narrative.passageAt[passage] ?? 0);
  return scrollTo(state, 'lesson', isAtEnd ? Number.MAX_SAFE_INTEGER : start, to);
}

function still(state: PlayerState): PlayerStep {
  return { state, effects: [] };
}

const NO_ACCOUNT = 'There is no account on this page.';

/** A view that was opened; where there was nothing to open, that is said. */
function orSay(before: PlayerState, after: PlayerState, nothing = NO_ACCOUNT): PlayerStep {
  if (after !== before) return still(after);
  const words = before.play.view.session === null ? NO_ACCOUNT : nothing;
  return { state: before, effects: [{ kind: 'notice', words }] };
}

function isSameQuestion(a: Ask, b: Ask): boolean {
  return a.kind === 'choose' && b.kind === 'choose' && a.question === b.question;
}

/** Characters and pastes go to the prompt wherever the focus is, as long as there is something to type. */
function typed(state: PlayerState, key: Key): PlayerState {
  if (state.play.view.ask.kind !== 'task' || (key.name !== 'char' && key.name !== 'paste')) return state;
  const pasted = key.text.replace(/\n+$/, '');
  const text = key.name === 'char' ? key.text : state.asking === null ? pasted : pasted.replaceAll('\n', ' ');
  const scroll = { ...state.scroll, prompt: 0 };
  return { ...state, focus: 'prompt', scroll, editor: insert(state.editor, text) };
}

function accept(state: PlayerState, size: Size): PlayerStep {
  const { ask } = state.play.view;
  switch (ask.kind) {
    case 'continue':
    case 'run':
      return send(state, { type: 'continued' }, size);
    case 'reread':
      return turnPages(state, { type: 'continued' }, size);
    case 'choose':
      return choose(state, state.choice, size);
    case 'task':
      return enterLine(state, size);
    case 'end':
      return { state, effects: [{ kind: 'leave' }] };
  }
}

function choose(state: PlayerState, index: number, size: Size): PlayerStep {
  const { ask } = state.play.view;
  if (ask.kind !== 'choose' || index >= ask.options.length) return still(state);
  return send({ ...state, choice: index }, { type: 'chosen', index }, size);
}

function enterLine(state: PlayerState, size: Size): PlayerStep {
  const answered = answeredLine(state);
  if (answered !== null) return send(state, { type: 'line.entered', line: answered }, size);
  const { text } = state.editor;
  if (isUnfinished(text)) return still({ ...state, editor: insert(state.editor, '\n') });
  let step = still({ ...state, editor: submit(state.editor) });
  for (const line of splitCommands(text)) {
    // What comes after `edit` would be run behind the editor, after `load` before the file is read, and after a
    // question before it is answered.
    if (step.state.editing !== null || step.state.asking !== null || step.effects.some(isRead)) break;
    const next = enterCommand(step.state, line, size);
    step = { state: next.state, effects: [...step.effects, ...next.effects] };
  }
  return step;
}

function isRead(effect: PlayerEffect): boolean {
  return effect.kind === 'folder' && effect.ask.kind === 'read';
}

function enterCommand(state: PlayerState, line: string, size: Size): PlayerStep {
  switch (line) {
    case 'clear':
      return still({ ...state, transcript: [] });
    case 'hint':
      return askHint(state, size);
    case 'timeline':
      return still(showTimeline(state));
    case 'exit':
    case 'quit':
      return still(sayAtPrompt(state, line, 'Esc goes back to the lessons. Ctrl+C twice quits the program.'));
    case 'back':
      return state.play.view.hasEarlier
        ? turnPages(state, { type: 'earlier.asked' }, size)
        : still(sayAtPrompt(state, line, NOTHING_EARLIER));
    default:
      return send(state, { type: 'line.entered', line }, size);
  }
}

function askHint(state: PlayerState, size: Size): PlayerStep {
  const none = noHintWords(state.play.view);
  return none === null ? send(state, { type: 'hint.asked' }, size) : still(sayAtPrompt(state, 'hint', none));
}

function back(state: PlayerState, size: Size): PlayerStep {
  if (state.zoomed) return still({ ...state, zoomed: false });
  const rest = restingPane(state.play.view);
  // What was opened while the timeline is looked at leads back to it.
  if (state.timeline !== null && (state.focus === 'changes' || state.focus === 'decision')) {
    return still({ ...state, focus: 'timeline', upper: 'timeline', decision: null });
  }
  if (state.focus !== 'prompt' || (state.upper !== rest && state.upper !== 'lesson')) {
    return still({ ...state, focus: 'prompt', upper: rest, decision: null, timeline: null });
  }
  if (state.play.view.ask.kind === 'reread') return turnPages(state, { type: 'reread.ended' }, size);
  return { state, effects: [{ kind: 'leave' }] };
}

function nextPane(state: PlayerState): PlayerState {
  if (state.play.view.session === null) return state;
  const order = ['prompt', ...openPanes(state)] as const;
  const at = ([...order] as Pane[]).indexOf(state.focus);
  const focus = order[(at + 1) % order.length] ?? 'prompt';
  return { ...state, focus, upper: focus === 'prompt' ? restingPane(state.play.view) : focus };
}

/** Moves a border, as far as both panes keep room: further there is nothing to count. */
function moveBorder(state: PlayerState, columns: number, rows: number, size: Size): PlayerState {
  const split = { columns: state.split.columns + columns, rows: state.split.rows + rows };
  const moved = { ...state, split };
  const isSame = JSON.stringify(panesOf(moved, size).layout) === JSON.stringify(panesOf(state, size).layout);
  return isSame ? state : moved;
}

function move(state: PlayerState, by: -1 | 1, size: Size): PlayerState {
  const { ask } = state.play.view;
  if (state.focus === 'decision') return moveLayer(state, by, size);
  if (state.focus === 'timeline') return moveMoment(state, by);
  if (state.focus === 'prompt' && ask.kind === 'choose') {
    const count = ask.options.length;
    return { ...state, choice: (state.choice + by + count) % count };
  }
  const pane = scrolledPane(state, size);
  // The prompt counts from its end, where what is new stands.
  return scrollTo(state, pane, state.scroll[pane] + (pane === 'prompt' ? -by : by), size);
}

/** What the page keys scroll: the pane with the focus; below, the answers where there are more than fit, else the lesson. */
function pagedPane(state: PlayerState, size: Size): Exclude<Pane, 'editor'> {
  if (state.focus !== 'prompt') return scrolledPane(state, size);
  return isLonger(panesOf(state, size).prompt) ? 'prompt' : 'lesson';
}

function scrollLesson(state: PlayerState, by: number, size: Size): PlayerState {
  const shown = state.upper === 'lesson' ? state : { ...state, upper: 'lesson' as const };
  return scrollTo(shown, 'lesson', shown.scroll.lesson + by, size);
}

type Jump = 'page-up' | 'page-down' | 'top' | 'bottom';

function scrollBy(state: PlayerState, pane: Exclude<Pane, 'editor'>, jump: Jump, size: Size): PlayerState {
  const { height, pinned = 0 } = panesOf(state, size)[pane];
  const page = Math.max(1, height - pinned - 1);
  const now = state.scroll[pane];
  // The prompt counts from its end, where what is new stands.
  const up = pane === 'prompt' ? 1 : -1;
  const rows = { 'page-up': now + up * page, 'page-down': now - up * page, top: 0, bottom: 1e6 };
  return scrollTo(state, pane, rows[jump], size);
}
