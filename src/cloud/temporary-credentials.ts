import { initialTransition, setup } from 'xstate';
import type { Instant, TemporaryCredentials } from './world.ts';

interface Validity {
  readonly expires: Instant;
  readonly now: Instant;
}

/**
 * The life of temporary credentials. There is no way back and no revoked state: every request is evaluated
 * afresh. The state follows from the clock, so it is worked out and never stored.
 * Source: IAM User Guide, id_credentials_temp.html.
 */
export const temporaryCredentialsMachine = setup({
  types: { context: {} as Validity, input: {} as Validity | undefined },
  guards: {
    isPastExpiry: ({ context }) => context.now >= context.expires,
  },
}).createMachine({
  id: 'temporaryCredentials',
  // XState makes one more snapshot, without input, which nobody sees. An error there would cost more than the step.
  context: ({ input }) => input ?? { expires: 0, now: 0 },
  initial: 'valid',
  states: {
    valid: { always: { guard: 'isPastExpiry', target: 'expired' } },
    expired: { type: 'final' },
  },
});

/** Whether credentials are still good at this moment. They are not at the very moment of `expires`. */
export function validity(
  credentials: Pick<TemporaryCredentials, 'expires'>,
  now: Instant,
): 'valid' | 'expired' {
  const input = { expires: credentials.expires, now };
  const [state] = initialTransition(temporaryCredentialsMachine, input);
  return state.value;
}
