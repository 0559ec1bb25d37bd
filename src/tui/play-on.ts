import { type EditAsk, savedEvent, textToEdit } from '../course/edit-ask.ts';
import type { Ask, PlayerEvent, StepView } from '../course/view.ts';
import { isChange } from '../shell/index.ts';
import { withoutQuestion, withQuestion } from './answer-question.ts';
import type { Size } from './layout.ts';
import { submit } from './line-editor.ts';
import { panesOf } from './panes.ts';
import {
  openPlayer,
  type PlayerEffect,
  type PlayerState,
  type PlayerStep,
  restingPane,
  still,
} from './player-state.ts';
import { openEditor } from './policy-editor.ts';
import { followPicture, scrollTo } from './scroll.ts';
import { changesAfter } from './show-changes.ts';
import { showDecision } from './show-decision.ts';
import { entryOf, sayBelow, withEntry } from './transcript.ts';

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
  const followed =
    before.session?.now === view.session?.now ? told : followPicture(state, told, 'account', size);
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

function isSameQuestion(a: Ask, b: Ask): boolean {
  return a.kind === 'choose' && b.kind === 'choose' && a.question === b.question;
}
