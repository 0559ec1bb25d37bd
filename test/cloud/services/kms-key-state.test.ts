import { expect, it } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { keyStateMachine, stepKeyState } from '../../../src/cloud/services/kms/key-state.ts';
import type { KeyState } from '../../../src/cloud/services/kms/records.ts';

const EVENTS = [
  { type: 'key.enabled' },
  { type: 'key.disabled' },
  { type: 'deletion.scheduled', deletion: 7 },
  { type: 'deletion.cancelled' },
] as const;

it('a key reaches each of its states, and stands in it as stored', () => {
  const paths = getShortestPaths(keyStateMachine, { events: [...EVENTS] });
  expect(paths.map(({ state }) => state.value).sort()).toEqual(['Disabled', 'Enabled', 'PendingDeletion']);
  for (const { state, steps } of paths) {
    let stored: KeyState = { name: 'Enabled' };
    for (const { event } of steps) {
      const known = EVENTS.find(({ type }) => type === event.type);
      stored = known ? stepKeyState(stored, known) : stored;
    }
    expect(stored.name).toBe(state.value);
  }
});

it('the end of the waiting period is kept, and an event that means nothing changes nothing', () => {
  const pending = stepKeyState({ name: 'Disabled' }, { type: 'deletion.scheduled', deletion: 7 });
  expect(pending).toEqual({ name: 'PendingDeletion', deletion: 7 });
  expect(stepKeyState(pending, { type: 'deletion.scheduled', deletion: 9 })).toBe(pending);
  expect(stepKeyState(pending, { type: 'key.enabled' })).toEqual(pending);
  expect(stepKeyState({ name: 'Enabled' }, { type: 'deletion.cancelled' })).toEqual({ name: 'Enabled' });
});
