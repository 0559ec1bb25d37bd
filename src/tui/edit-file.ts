import { editedName } from '../course/edit-ask.ts';
import type { ServiceData } from '../iam/index.ts';
import type { Key } from './key-decoder.ts';
import { bindingFor } from './keys.ts';
import { edit, insert } from './line-editor.ts';
import { contextsOf, type PlayerState, type PlayerStep } from './player-state.ts';
import { check, complete, format, isChanged, newRow, type PolicyEditing, turnPage } from './policy-editor.ts';

/** What a key in the editor asks of the player: to go on editing, or to take or leave the text. */
export type EditStep = { readonly kind: 'still'; readonly step: PlayerStep } | { readonly kind: 'save' };

/** One key while a file or a policy is edited in place. */
export function pressInEditor(state: PlayerState, editing: PolicyEditing, key: Key): EditStep {
  const binding = bindingFor(key, contextsOf(state));
  const fresh: PolicyEditing = { ...editing, candidates: [], isWarned: false };
  const go = (next: PolicyEditing): EditStep => still({ ...state, editing: next });
  if (binding === undefined) {
    if (key.name !== 'char' && key.name !== 'paste') return go(fresh);
    return go({ ...fresh, text: insert(fresh.text, key.text) });
  }
  const { action } = binding;
  if (typeof action === 'object') return go({ ...fresh, text: edit(fresh.text, action.edit) });
  switch (action) {
    case 'new-row':
      return go({ ...fresh, text: newRow(fresh.text) });
    case 'page-up':
      return go({ ...fresh, text: turnPage(fresh.text, 'row-up') });
    case 'page-down':
      return go({ ...fresh, text: turnPage(fresh.text, 'row-down') });
    case 'complete': {
      const world = state.play.view.session?.now.world;
      return world === undefined ? go(fresh) : go(complete(fresh, world));
    }
    case 'format':
      return go({ ...fresh, text: format(fresh.text) });
    case 'save':
      return { kind: 'save' };
    case 'own-editor': {
      const { ask, text } = editing;
      return {
        kind: 'still',
        step: { state, effects: [{ kind: 'edit', ask, name: editedName(ask), content: text.text }] },
      };
    }
    case 'back':
      if (editing.candidates.length > 0) return go(fresh);
      if (isChanged(editing) && !editing.isWarned) return go({ ...fresh, isWarned: true });
      return still({ ...state, editing: null, focus: 'prompt' });
    default:
      return still(state);
  }
}

function still(state: PlayerState): EditStep {
  return { kind: 'still', step: { state, effects: [] } };
}

/** True when the text in the editor has not been looked over since it changed. */
export function isUnchecked({ editing }: PlayerState): boolean {
  return editing !== null && editing.checked?.text !== editing.text.text;
}

/** The state with the text in the editor looked over. */
export function checked(state: PlayerState): PlayerState {
  return state.editing === null ? state : { ...state, editing: check(state.editing) };
}

/** The state with what AWS publishes about its services at hand: more can be checked and completed. */
export function withServices(state: PlayerState, services: ServiceData): PlayerState {
  if (state.editing === null || state.editing.services === services) return state;
  return { ...state, editing: { ...state.editing, services, checked: null } };
}
