import { freeLogName, logNameProblem } from '../shell/index.ts';
import { KEEPING, type KeepAsk } from './keep-ask.ts';
import type { Key } from './key-decoder.ts';
import { bindingFor } from './keys.ts';
import type { Size } from './layout.ts';
import { edit, emptyLine, insert } from './line-editor.ts';
import { send } from './play-on.ts';
import { contextsOf, type PlayerState, type PlayerStep, still } from './player-state.ts';

/** Asks, before somebody goes on from an earlier moment, whether what came after is kept. Nothing to ask at the last. */
export function askToKeep(state: PlayerState): PlayerState {
  const { session } = state.play.view;
  if (session === null || state.timeline === null || state.timeline.at === session.log.length) return state;
  return asking({ ...state, zoomed: false }, { kind: 'keeping', choice: 0 });
}

/** One key while that is asked. */
export function pressKeepAsk(state: PlayerState, ask: KeepAsk, key: Key, size: Size): PlayerStep {
  return ask.kind === 'keeping' ? pressKeeping(state, ask, key, size) : pressNaming(state, ask, key, size);
}

function pressKeeping(
  state: PlayerState,
  { choice }: Extract<KeepAsk, { kind: 'keeping' }>,
  key: Key,
  size: Size,
): PlayerStep {
  const count = KEEPING.length;
  switch (bindingFor(key, contextsOf(state))?.action) {
    case 'up':
      return still(asking(state, { kind: 'keeping', choice: (choice + count - 1) % count }));
    case 'down':
      return still(asking(state, { kind: 'keeping', choice: (choice + 1) % count }));
    case 'accept':
      return choose(state, choice, size);
    case 'option':
      return choose(state, Number(key.text) - 1, size);
    case 'back':
      return still(asking(state, null));
    default:
      return still(state);
  }
}

function choose(state: PlayerState, index: number, size: Size): PlayerStep {
  const { session } = state.play.view;
  if (session === null) return still(state);
  switch (KEEPING[index]) {
    case 'keep':
      return goOn(state, freeLogName(session), size);
    case 'forget':
      return goOn(state, null, size);
    case 'name':
      return still(asking(state, { kind: 'naming', name: emptyLine(), problem: null }));
    default:
      return still(state);
  }
}

function pressNaming(
  state: PlayerState,
  { name }: Extract<KeepAsk, { kind: 'naming' }>,
  key: Key,
  size: Size,
): PlayerStep {
  const named = (next: typeof name) => still(asking(state, { kind: 'naming', name: next, problem: null }));
  const action = bindingFor(key, contextsOf(state))?.action;
  if (typeof action === 'object') return named(edit(name, action.edit));
  switch (action) {
    case 'accept':
      return keepAs(state, name, size);
    case 'interrupt':
      return name.text === '' ? still(state) : named(emptyLine());
    case 'back':
      return still(asking(state, { kind: 'keeping', choice: KEEPING.indexOf('name') }));
    case undefined:
      return key.name === 'char' || key.name === 'paste'
        ? named(insert(name, key.text.replaceAll('\n', ' ')))
        : still(state);
    default:
      return still(state);
  }
}

function keepAs(
  state: PlayerState,
  name: Extract<KeepAsk, { kind: 'naming' }>['name'],
  size: Size,
): PlayerStep {
  const { session } = state.play.view;
  if (session === null) return still(state);
  const wanted = name.text.trim();
  const problem = logNameProblem(session, wanted);
  return problem === null
    ? goOn(state, wanted, size)
    : still(asking(state, { kind: 'naming', name, problem }));
}

function goOn(state: PlayerState, keepAs: string | null, size: Size): PlayerStep {
  const { timeline } = state;
  return timeline === null
    ? still(state)
    : send(state, { type: 'moment.chosen', index: timeline.at, keepAs }, size);
}

/** The question has the lower pane and the focus, and the timeline stays in sight above it. */
function asking(state: PlayerState, ask: KeepAsk | null): PlayerState {
  if (state.timeline === null) return state;
  return {
    ...state,
    focus: ask === null ? 'timeline' : 'prompt',
    upper: 'timeline',
    timeline: { ...state.timeline, ask },
    scroll: { ...state.scroll, prompt: 0 },
  };
}
