import { setup, transition } from 'xstate';
import type { Instant } from '../../world.ts';
import type { KeyState } from './records.ts';

/** What can happen to a key. */
export type KeyEvent =
  | { readonly type: 'key.enabled' }
  | { readonly type: 'key.disabled' }
  /** `deletion`: when the waiting period is over. */
  | { readonly type: 'deletion.scheduled'; readonly deletion: Instant }
  | { readonly type: 'deletion.cancelled' };

/**
 * The life of a KMS key. A key whose deletion was cancelled is disabled.
 * Source: KMS Developer Guide, key-state.html.
 */
export const keyStateMachine = setup({ types: { events: {} as KeyEvent } }).createMachine({
  id: 'kmsKey',
  initial: 'Enabled',
  states: {
    Enabled: {
      on: { 'key.disabled': 'Disabled', 'deletion.scheduled': 'PendingDeletion' },
    },
    Disabled: {
      on: { 'key.enabled': 'Enabled', 'deletion.scheduled': 'PendingDeletion' },
    },
    PendingDeletion: {
      on: { 'deletion.cancelled': 'Disabled' },
    },
  },
});

/** The state after an event; the same when the event changes nothing. */
export function stepKeyState(state: KeyState, event: KeyEvent): KeyState {
  const before = keyStateMachine.resolveState({ value: state.name });
  const [{ value }] = transition(keyStateMachine, before, event);
  if (value === state.name) {
    return state;
  }
  if (value !== 'PendingDeletion') {
    return { name: value };
  }
  return event.type === 'deletion.scheduled' ? { name: value, deletion: event.deletion } : state;
}
