import { setup, transition } from 'xstate';
import type { AccessKey } from './world.ts';

/** What can happen to an access key. */
export type AccessKeyEvent =
  | { readonly type: 'key.activated' }
  | { readonly type: 'key.deactivated' }
  | { readonly type: 'key.deleted' };

/**
 * The life of a user's access key. A key that is deleted never comes back; one that is inactive can.
 * Source: IAM User Guide, id_credentials_access-keys.html.
 */
export const accessKeyMachine = setup({ types: { events: {} as AccessKeyEvent } }).createMachine({
  id: 'accessKey',
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
});

/** The status after an event; the same when the event changes nothing. `Deleted`: the key is to be dropped. */
export function stepAccessKey(
  status: AccessKey['status'],
  event: AccessKeyEvent['type'],
): AccessKey['status'] | 'Deleted' {
  const before = accessKeyMachine.resolveState({ value: status });
  const [after] = transition(accessKeyMachine, before, { type: event });
  return after.value;
}
