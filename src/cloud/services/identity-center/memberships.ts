import { generated, without } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { GroupMembership, IdentityCenter } from '../../world.ts';
import { define, done } from '../define.ts';
import { groupArn } from './directory.ts';
import {
  conflict,
  directoryOf,
  notFound,
  onCenter,
  personOf,
  STORE_ID,
  storeArn,
  teamOf,
  withCenter,
  withFound,
} from './instance.ts';

const MEMBER_ID = {
  type: 'structure',
  members: ['UserId'],
  required: true,
  help: 'UserId=… of the user',
} as const;

function described(center: IdentityCenter, { id, group, user }: GroupMembership): Json {
  return { IdentityStoreId: center.store, MembershipId: id, GroupId: group, MemberId: { UserId: user } };
}

const createGroupMembership = define({
  id: 'identitystore:CreateGroupMembership',
  summary: 'put a user of the directory into a group',
  input: {
    IdentityStoreId: STORE_ID,
    GroupId: { type: 'string', required: true, help: 'id of the group' },
    MemberId: MEMBER_ID,
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:CreateGroupMembership', [
      storeArn(world, input.IdentityStoreId),
      groupArn(input.GroupId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const team = teamOf(center, input.GroupId);
      if ('error' in team) {
        return team;
      }
      const person = personOf(center, input.MemberId.UserId ?? '');
      if ('error' in person) {
        return person;
      }
      const { id: group } = team.team;
      const { id: user } = person.person;
      if (Object.values(center.memberships).some((each) => each.group === group && each.user === user)) {
        return conflict('Member and Group relationship already exists.');
      }
      const [id, next] = generated(world, newUuid);
      const memberships = { ...center.memberships, [id]: { id, group, user } };
      return done(withCenter(next, { ...center, memberships }), {
        MembershipId: id,
        IdentityStoreId: center.store,
      });
    }),
});

const listGroupMemberships = define({
  id: 'identitystore:ListGroupMemberships',
  summary: 'list who is in a group of the directory',
  input: { IdentityStoreId: STORE_ID, GroupId: { type: 'string', required: true, help: 'id of the group' } },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:ListGroupMemberships', [
      storeArn(world, input.IdentityStoreId),
      groupArn(input.GroupId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const team = teamOf(center, input.GroupId);
      return 'error' in team
        ? team
        : done(world, {
            GroupMemberships: Object.values(center.memberships)
              .filter(({ group }) => group === team.team.id)
              .map((membership) => described(center, membership)),
          });
    }),
});

const listGroupMembershipsForMember = define({
  id: 'identitystore:ListGroupMembershipsForMember',
  summary: 'list the groups a user of the directory is in',
  input: { IdentityStoreId: STORE_ID, MemberId: MEMBER_ID },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:ListGroupMembershipsForMember', [
      storeArn(world, input.IdentityStoreId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const person = personOf(center, input.MemberId.UserId ?? '');
      return 'error' in person
        ? person
        : done(world, {
            GroupMemberships: Object.values(center.memberships)
              .filter(({ user }) => user === person.person.id)
              .map((membership) => described(center, membership)),
          });
    }),
});

const deleteGroupMembership = define({
  id: 'identitystore:DeleteGroupMembership',
  summary: 'take a user of the directory out of a group',
  input: {
    IdentityStoreId: STORE_ID,
    MembershipId: { type: 'string', required: true, help: 'id of the membership' },
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:DeleteGroupMembership', [
      storeArn(world, input.IdentityStoreId),
      `arn:aws:identitystore:::membership/${input.MembershipId}`,
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const { center } = found;
      return own(center.memberships, input.MembershipId)
        ? done(withCenter(world, { ...center, memberships: without(center.memberships, input.MembershipId) }))
        : notFound('MEMBERSHIP not found.');
    }),
});

export const membershipOperations = [
  createGroupMembership,
  listGroupMemberships,
  listGroupMembershipsForMember,
  deleteGroupMembership,
];
