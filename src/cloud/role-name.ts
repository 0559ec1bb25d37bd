import { assign, setup, transition } from 'xstate';

/** What can happen to the name of a role. */
export type RoleNameEvent =
  | { readonly type: 'role.created'; readonly id: string }
  | { readonly type: 'role.deleted' };

interface Holder {
  /** Unique id of the role that has the name, or had it last; empty when none ever had. */
  readonly id: string;
}

/**
 * The life of a role's name. A role that is made again under the name has another unique id: another principal, whom
 * sessions and policies of the one before do not know.
 * Source: IAM User Guide, reference_identifiers.html (unique identifiers).
 */
export const roleNameMachine = setup({
  types: { context: {} as Holder, events: {} as RoleNameEvent },
  actions: {
    takeId: assign((_, params: Holder) => params),
  },
}).createMachine({
  id: 'roleName',
  context: { id: '' },
  initial: 'free',
  states: {
    free: {
      on: {
        'role.created': {
          target: 'taken',
          actions: { type: 'takeId', params: ({ event: { id } }) => ({ id }) },
        },
      },
    },
    taken: {
      on: { 'role.deleted': 'free' },
    },
  },
});

/** Whether a role has the name, and which one has it or had it last. */
export interface RoleNameState extends Holder {
  readonly state: 'free' | 'taken';
}

/** The state after an event; the same when the event changes nothing. */
export function stepRoleName({ state, id }: RoleNameState, event: RoleNameEvent): RoleNameState {
  const before = roleNameMachine.resolveState({ value: state, context: { id } });
  const [after] = transition(roleNameMachine, before, event);
  return { state: after.value, id: after.context.id };
}
