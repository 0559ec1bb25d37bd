import { assign, setup, transition } from 'xstate';
import type { AccessKeyId, InstanceCredentials, Instant, TemporaryCredentials } from './world.ts';

const MINUTE = 60_000;

/** How long instance credentials last: 6 hours, in milliseconds. */
export const LIFETIME = 360 * MINUTE;

/**
 * How long before their expiry new ones are served, in milliseconds. AWS promises 5 minutes at least
 * (EC2 User Guide, instance-metadata-security-credentials.html); this is 15.
 */
export const RENEWAL_LEAD = 15 * MINUTE;

/** When the metadata service will serve new credentials in place of these. */
export function renewalTime(credentials: Pick<TemporaryCredentials, 'expires'>): Instant {
  return credentials.expires - RENEWAL_LEAD;
}

type WhyNone = Extract<InstanceCredentials, { state: 'none' }>['reason'];

/** What happens to the credentials that an instance's metadata service serves. */
export type InstanceCredentialsEvent =
  /** The instance has a role that EC2 may assume. */
  | { readonly type: 'role.assumed'; readonly role: string; readonly key: AccessKeyId }
  /** The time has come, and the same role is assumed again. */
  | { readonly type: 'credentials.rotated'; readonly key: AccessKeyId }
  /** There is no role any more, or EC2 may not assume it. */
  | { readonly type: 'role.withheld'; readonly reason: WhyNone };

interface Serving {
  readonly reason: WhyNone;
  readonly role: string;
  readonly key: AccessKeyId;
}

/** What the metadata service of an instance serves. Keys served before live on until they expire. */
export const instanceCredentialsMachine = setup({
  types: { context: {} as Serving, events: {} as InstanceCredentialsEvent },
  actions: {
    serve: assign((_, params: { role: string; key: AccessKeyId }) => params),
    serveNewKey: assign((_, params: { key: AccessKeyId }) => params),
    keepReason: assign((_, params: { reason: WhyNone }) => params),
  },
}).createMachine({
  id: 'instanceCredentials',
  context: { reason: 'NoInstanceProfile', role: '', key: '' },
  initial: 'none',
  on: {
    'role.assumed': {
      target: '.served',
      actions: { type: 'serve', params: ({ event: { role, key } }) => ({ role, key }) },
    },
    'role.withheld': {
      target: '.none',
      actions: { type: 'keepReason', params: ({ event: { reason } }) => ({ reason }) },
    },
  },
  states: {
    none: {},
    served: {
      on: {
        'credentials.rotated': {
          actions: { type: 'serveNewKey', params: ({ event: { key } }) => ({ key }) },
        },
      },
    },
  },
});

/** What is served after an event. */
export function stepInstanceCredentials(
  credentials: InstanceCredentials,
  event: InstanceCredentialsEvent,
): InstanceCredentials {
  const context: Serving =
    credentials.state === 'served'
      ? { reason: 'NoInstanceProfile', role: credentials.role, key: credentials.key }
      : { reason: credentials.reason, role: '', key: '' };
  const before = instanceCredentialsMachine.resolveState({ value: credentials.state, context });
  const [after] = transition(instanceCredentialsMachine, before, event);
  const { reason, role, key } = after.context;
  return after.value === 'served' ? { state: 'served', role, key } : { state: 'none', reason };
}
