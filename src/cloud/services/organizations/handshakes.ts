import type { Caller } from '../../caller.ts';
import { generated } from '../../change.ts';
import { newLowerCaseId } from '../../identifiers.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, Instant, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { constraint, managed, permission, withOrganization, wrongPattern } from './access.ts';
import { withMember } from './membership.ts';
import type { Handshake, Organization } from './records.ts';

const DAY = 86_400_000;
const HANDSHAKE_ID = { type: 'string', required: true, help: 'h-… of the handshake' } as const;

/** How long each kind waits, in milliseconds. Source: Organizations API Reference, API_Handshake.html. */
const WAITS = { INVITE: 15 * DAY, ENABLE_ALL_FEATURES: 90 * DAY } as const;

function isExpired({ action, requested, state }: Handshake, now: Instant): boolean {
  return state === 'OPEN' && now >= requested + WAITS[action];
}

function isOpen(handshake: Handshake, now: Instant): boolean {
  return handshake.state === 'OPEN' && !isExpired(handshake, now);
}

function arnOf(organization: Organization, { id, action }: Pick<Handshake, 'id' | 'action'>): string {
  return `arn:aws:organizations::${organization.managementAccount}:handshake/${organization.id}/${action.toLowerCase()}/${id}`;
}

function described(organization: Organization, handshake: Handshake, now: Instant): Json {
  const { id, action, recipient, requested, state } = handshake;
  return {
    Id: id,
    Arn: arnOf(organization, handshake),
    Parties: [
      { Id: organization.id.slice(2), Type: 'ORGANIZATION' },
      ...(action === 'INVITE' ? [{ Id: recipient, Type: 'ACCOUNT' }] : []),
    ],
    State: isExpired(handshake, now)
      ? 'EXPIRED'
      : state === 'OPEN' && action !== 'INVITE'
        ? 'REQUESTED'
        : state,
    RequestedTimestamp: isoTime(requested),
    ExpirationTimestamp: isoTime(requested + WAITS[action]),
    Action: action,
    Resources: [{ Value: organization.id, Type: 'ORGANIZATION' }],
  };
}

function started(
  world: World,
  organization: Organization,
  action: Handshake['action'],
  recipient: AccountId,
) {
  const [id, next] = generated(world, (generator) => newLowerCaseId(generator, 'h-', 12));
  const handshake: Handshake = { id, action, recipient, requested: world.clock, state: 'OPEN' };
  const handshakes = { ...organization.handshakes, [id]: handshake };
  return done(withOrganization(next, organization, { handshakes }), {
    Handshake: described(organization, handshake, world.clock),
  });
}

function openOf(organization: Organization, action: Handshake['action'], now: Instant) {
  return Object.values(organization.handshakes).filter((each) => each.action === action && isOpen(each, now));
}

/** Source: Organizations User Guide, orgs_manage_org_support-all-features.html. */
const enableAllFeatures = define({
  id: 'organizations:EnableAllFeatures',
  summary: 'begin to go from consolidated billing to all features; accept-handshake finishes it',
  input: {},
  needs: (_, caller) => [permission(caller, 'EnableAllFeatures')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    if (organization.featureSet === 'ALL') {
      return failed(
        'HandshakeConstraintViolationException',
        'Your organization already has all features enabled.',
      );
    }
    const [waiting] = openOf(organization, 'ENABLE_ALL_FEATURES', world.clock);
    return waiting === undefined
      ? started(world, organization, 'ENABLE_ALL_FEATURES', caller.account)
      : failed(
          'HandshakeConstraintViolationException',
          'There is already a handshake in progress to enable all features.',
          `accept-handshake --handshake-id ${waiting.id} finishes it.`,
        );
  },
});

const inviteAccount = define({
  id: 'organizations:InviteAccountToOrganization',
  summary: 'invite an account that stands by itself',
  input: {
    Target: {
      type: 'structure',
      members: ['Id', 'Type'],
      required: true,
      help: 'Id=222233334444,Type=ACCOUNT',
    },
  },
  needs: (input, caller, world) => [
    permission(
      caller,
      'InviteAccountToOrganization',
      world.organization && /^\d{12}$/.test(input.Target.Id ?? '')
        ? `arn:aws:organizations::${caller.account}:account/${world.organization.id}/${input.Target.Id}`
        : '*',
    ),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { Id: account = '', Type: type } = input.Target;
    if (type !== 'ACCOUNT' || !Object.hasOwn(world.accounts, account)) {
      return wrongPattern();
    }
    if (Object.hasOwn(organization.members, account)) {
      return failed(
        'HandshakeConstraintViolationException',
        'The account is already a member of an organization.',
      );
    }
    if (openOf(organization, 'INVITE', world.clock).some(({ recipient }) => recipient === account)) {
      return failed(
        'DuplicateHandshakeException',
        'A handshake with the same action and target already exists.',
      );
    }
    return Object.keys(organization.members).length >= organization.accountLimit
      ? constraint('ACCOUNT_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the allowed number of AWS accounts.')
      : started(world, organization, 'INVITE', account);
  },
});

/** An open handshake that the caller may end in this way, or Organizations' error. */
function openHandshake(
  world: World,
  caller: Caller,
  id: string,
  by: 'recipient' | 'management',
): { readonly organization: Organization; readonly handshake: Handshake } | { readonly error: ApiError } {
  const { organization } = world;
  const handshake = organization && own(organization.handshakes, id);
  const mayEnd = by === 'recipient' ? handshake?.recipient : organization?.managementAccount;
  if (!organization || !handshake || mayEnd !== caller.account) {
    return failed(
      'HandshakeNotFoundException',
      "We can't find a handshake with the HandshakeId that you specified.",
    );
  }
  if (handshake.state !== 'OPEN') {
    return failed(
      'HandshakeAlreadyInStateException',
      'The specified handshake is already in the requested state.',
      `It is ${handshake.state}.`,
    );
  }
  return isExpired(handshake, world.clock)
    ? failed(
        'InvalidHandshakeTransitionException',
        "You can't perform the operation on the handshake in its current state.",
        'It is EXPIRED.',
      )
    : { organization, handshake };
}

const HANDSHAKE_ENDS = [
  { action: 'AcceptHandshake', state: 'ACCEPTED', by: 'recipient', verb: 'accept' },
  { action: 'DeclineHandshake', state: 'DECLINED', by: 'recipient', verb: 'decline' },
  { action: 'CancelHandshake', state: 'CANCELED', by: 'management', verb: 'cancel' },
] as const;

function ending({ action, state, by, verb }: (typeof HANDSHAKE_ENDS)[number]) {
  return define({
    id: `organizations:${action}`,
    summary: `${verb} an invitation, or the request to enable all features`,
    input: { HandshakeId: HANDSHAKE_ID },
    needs: (input, caller, { organization }) => {
      const handshake = organization && own(organization.handshakes, input.HandshakeId);
      return [permission(caller, action, organization && handshake ? arnOf(organization, handshake) : '*')];
    },
    effect(input, caller, world) {
      const found = openHandshake(world, caller, input.HandshakeId, by);
      if ('error' in found) {
        return found;
      }
      const ended: Handshake = { ...found.handshake, state };
      const organization = {
        ...found.organization,
        handshakes: { ...found.organization.handshakes, [ended.id]: ended },
      };
      return done(withEffect(world, organization, ended), {
        Handshake: described(organization, ended, world.clock),
      });
    },
  });
}

/** What an ended handshake does: an account joins, directly below the root, or all features are enabled. */
function withEffect(
  world: World,
  organization: Organization,
  { action, recipient, state }: Handshake,
): World {
  if (state !== 'ACCEPTED') {
    return withOrganization(world, organization, {});
  }
  return action === 'ENABLE_ALL_FEATURES'
    ? withOrganization(world, organization, { featureSet: 'ALL' })
    : withMember(world, organization, recipient, {
        parent: organization.rootId,
        email: `${recipient}@example.com`,
        joined: world.clock,
        method: 'INVITED',
      });
}

const describeHandshake = define({
  id: 'organizations:DescribeHandshake',
  summary: 'show an invitation, or the request to enable all features',
  input: { HandshakeId: HANDSHAKE_ID },
  needs: (input, caller, { organization }) => {
    const handshake = organization && own(organization.handshakes, input.HandshakeId);
    return [
      permission(
        caller,
        'DescribeHandshake',
        organization && handshake ? arnOf(organization, handshake) : '*',
      ),
    ];
  },
  effect(input, caller, world) {
    const { organization } = world;
    const handshake = organization && own(organization.handshakes, input.HandshakeId);
    return organization &&
      handshake &&
      [handshake.recipient, organization.managementAccount].includes(caller.account)
      ? done(world, { Handshake: described(organization, handshake, world.clock) })
      : failed(
          'HandshakeNotFoundException',
          "We can't find a handshake with the HandshakeId that you specified.",
        );
  },
});

const listForAccount = define({
  id: 'organizations:ListHandshakesForAccount',
  summary: 'list the invitations to your own account',
  input: {},
  needs: (_, caller) => [permission(caller, 'ListHandshakesForAccount')],
  effect(_, caller, world) {
    const { organization } = world;
    const own = Object.values(organization?.handshakes ?? {}).filter(
      ({ recipient, action }) => recipient === caller.account && action === 'INVITE',
    );
    return done(world, {
      Handshakes: organization ? own.map((each) => described(organization, each, world.clock)) : [],
    });
  },
});

const listForOrganization = define({
  id: 'organizations:ListHandshakesForOrganization',
  summary: 'list the invitations of the organization',
  input: {},
  needs: (_, caller) => [permission(caller, 'ListHandshakesForOrganization')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    return 'error' in found
      ? found
      : done(world, {
          Handshakes: Object.values(found.organization.handshakes).map((each) =>
            described(found.organization, each, world.clock),
          ),
        });
  },
});

/** What needs the agreement of two sides. Approval of all features by invited accounts is taken for given. */
export const handshakeOperations = [
  enableAllFeatures,
  inviteAccount,
  ...HANDSHAKE_ENDS.map(ending),
  describeHandshake,
  listForAccount,
  listForOrganization,
];
