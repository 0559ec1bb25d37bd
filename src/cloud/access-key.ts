import { setup, transition } from 'xstate';
import type { AccessKey } from './world.ts';

/** What can happen to an access key. */
export type AccessKeyEvent =
  | { readonly type: 'key.activated' }
  | { readonly type: 'key.deactivated' }
  | { readonly type: 'key.deleted' }
  | { readonly type: 'key.exposed' };

/**
 * The life of a user's access key. A key that is deleted never comes back; one that is inactive can. Whether others
 * could read it is another matter: what was seen once stays seen, and a new key is the only cure.
 * Source: IAM User Guide, id_credentials_access-keys.html.
 */
export const accessKeyMachine = setup({ types: { events: {} as AccessKeyEvent } }).createMachine({
  id: 'accessKey',
  type: 'parallel',
  states: {
    status: {
      initial: 'Active',
      states: {
        Active: {
          on: { 'key.deactivated': 'Inactive', 'key.deleted': 'Deleted' },
        },
        Inactive: {
          on: { 'key.activated': 'Active', 'key.deleted': 'Deleted' },
        },
        Deleted: { type: 'final' },
      },
    },
    exposure: {
      initial: 'hidden',
      states: {
        hidden: { on: { 'key.exposed': 'exposed' } },
        exposed: {},
      },
    },
  },
});

/** Where a key stands in its life. `Deleted`: the key is to be dropped. */
export interface AccessKeyState {
  readonly status: AccessKey['status'] | 'Deleted';
  readonly exposure: 'hidden' | 'exposed';
}

/** The state after an event; the same when the event changes nothing. */
export function stepAccessKey(state: AccessKeyState, event: AccessKeyEvent['type']): AccessKeyState {
  const before = accessKeyMachine.resolveState({ value: { ...state } });
  const [after] = transition(accessKeyMachine, before, { type: event });
  return after.value;
}
