import { generated, without } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { listed } from '../../own.ts';
import type { DirectoryGroup, DirectoryUser, IdentityCenter } from '../../world.ts';
import { define, done } from '../define.ts';
import {
  conflict,
  directoryOf,
  invalid,
  onCenter,
  personOf,
  STORE_ID,
  storeArn,
  teamOf,
  withCenter,
  withFound,
} from './instance.ts';

const USER_ID = { type: 'string', required: true, help: 'id of the user' } as const;
const GROUP_ID = { type: 'string', required: true, help: 'id of the group' } as const;
const FILTERS = {
  type: 'structures',
  members: ['AttributePath', 'AttributeValue'],
  help: 'only with this value of UserName or DisplayName',
} as const;

type Filters = readonly { readonly AttributePath?: string; readonly AttributeValue?: string }[] | undefined;

function passes(filters: Filters, attributes: Readonly<Record<string, string>>): boolean {
  return (filters ?? []).every(({ AttributePath = '', AttributeValue }) =>
    Object.hasOwn(attributes, AttributePath) ? attributes[AttributePath] === AttributeValue : false,
  );
}

function describedUser(center: IdentityCenter, user: DirectoryUser): { readonly [key: string]: Json } {
  return {
    UserName: user.name,
    UserId: user.id,
    Name: { FamilyName: user.familyName, GivenName: user.givenName },
    DisplayName: user.displayName,
    Emails: user.emails.map((Value, index) => ({ Value, Type: 'work', Primary: index === 0 })),
    IdentityStoreId: center.store,
  };
}

function describedGroup(center: IdentityCenter, group: DirectoryGroup): { readonly [key: string]: Json } {
  return {
    GroupId: group.id,
    DisplayName: group.name,
    ...(group.description === '' ? {} : { Description: group.description }),
    IdentityStoreId: center.store,
  };
}

/** Characters of a name in the directory that can also name a role's session. */
export function isDirectoryName(name: string): boolean {
  return /^[\w+=,.@-]{1,64}$/.test(name);
}

const createUser = define({
  id: 'identitystore:CreateUser',
  summary: 'make a user in the directory',
  input: {
    IdentityStoreId: STORE_ID,
    UserName: { type: 'string', required: true, help: 'name to sign in with' },
    DisplayName: { type: 'string', help: 'name to show' },
    Name: { type: 'structure', members: ['FamilyName', 'GivenName'], help: 'first and last name' },
    Emails: { type: 'structures', members: ['Value', 'Type'], help: 'mail addresses' },
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:CreateUser', [storeArn(world, input.IdentityStoreId)]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const { UserName: name, Name: given = {} } = input;
      if (!isDirectoryName(name)) {
        return invalid('UserName must have 1 to 64 letters, digits and +=,.@-_');
      }
      if (Object.values(center.people).some((each) => each.name.toLowerCase() === name.toLowerCase())) {
        return conflict('Duplicate UserName');
      }
      const [id, next] = generated(world, newUuid);
      const user: DirectoryUser = {
        id,
        name,
        displayName: input.DisplayName ?? name,
        givenName: given.GivenName ?? '',
        familyName: given.FamilyName ?? '',
        emails: (input.Emails ?? []).flatMap(({ Value }) => Value ?? []),
      };
      return done(withCenter(next, { ...center, people: { ...center.people, [id]: user } }), {
        IdentityStoreId: center.store,
        UserId: id,
      });
    }),
});

const listUsers = define({
  id: 'identitystore:ListUsers',
  summary: 'list the users of the directory',
  input: { IdentityStoreId: STORE_ID, Filters: FILTERS },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:ListUsers', [storeArn(world, input.IdentityStoreId)]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const users = listed(found.center.people).filter(({ name }) =>
        passes(input.Filters, { UserName: name }),
      );
      return done(world, { Users: users.map((user) => describedUser(found.center, user)) });
    }),
});

const describeUser = define({
  id: 'identitystore:DescribeUser',
  summary: 'show a user of the directory',
  input: { IdentityStoreId: STORE_ID, UserId: USER_ID },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:DescribeUser', [
      storeArn(world, input.IdentityStoreId),
      userArn(input.UserId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const known = personOf(found.center, input.UserId);
      return 'error' in known ? known : done(world, describedUser(found.center, known.person));
    }),
});

const deleteUser = define({
  id: 'identitystore:DeleteUser',
  summary: 'delete a user of the directory; credentials they fetched live on',
  input: { IdentityStoreId: STORE_ID, UserId: USER_ID },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:DeleteUser', [
      storeArn(world, input.IdentityStoreId),
      userArn(input.UserId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const known = personOf(found.center, input.UserId);
      return 'error' in known ? known : done(withCenter(world, withoutUser(found.center, known.person.id)));
    }),
});

function userArn(id: string): string {
  return `arn:aws:identitystore:::user/${id}`;
}

export function groupArn(id: string): string {
  return `arn:aws:identitystore:::group/${id}`;
}

function withoutUser(center: IdentityCenter, id: string): IdentityCenter {
  return {
    ...center,
    people: without(center.people, id),
    portals: without(center.portals, id),
    memberships: Object.fromEntries(Object.entries(center.memberships).filter(([, { user }]) => user !== id)),
  };
}

const createGroup = define({
  id: 'identitystore:CreateGroup',
  summary: 'make a group in the directory',
  input: {
    IdentityStoreId: STORE_ID,
    DisplayName: { type: 'string', required: true, help: 'name of the group' },
    Description: { type: 'string', help: 'what it is for' },
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:CreateGroup', [storeArn(world, input.IdentityStoreId)]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const { DisplayName: name, Description: description = '' } = input;
      if (Object.values(center.teams).some((each) => each.name.toLowerCase() === name.toLowerCase())) {
        return conflict('Duplicate GroupDisplayName');
      }
      const [id, next] = generated(world, newUuid);
      const teams = { ...center.teams, [id]: { id, name, description } };
      return done(withCenter(next, { ...center, teams }), { GroupId: id, IdentityStoreId: center.store });
    }),
});

const listGroups = define({
  id: 'identitystore:ListGroups',
  summary: 'list the groups of the directory',
  input: { IdentityStoreId: STORE_ID, Filters: FILTERS },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:ListGroups', [storeArn(world, input.IdentityStoreId)]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const groups = listed(found.center.teams).filter(({ name }) =>
        passes(input.Filters, { DisplayName: name }),
      );
      return done(world, { Groups: groups.map((group) => describedGroup(found.center, group)) });
    }),
});

const describeGroup = define({
  id: 'identitystore:DescribeGroup',
  summary: 'show a group of the directory',
  input: { IdentityStoreId: STORE_ID, GroupId: GROUP_ID },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:DescribeGroup', [
      storeArn(world, input.IdentityStoreId),
      groupArn(input.GroupId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), (found) => {
      const known = teamOf(found.center, input.GroupId);
      return 'error' in known ? known : done(world, describedGroup(found.center, known.team));
    }),
});

const deleteGroup = define({
  id: 'identitystore:DeleteGroup',
  summary: 'delete a group of the directory',
  input: { IdentityStoreId: STORE_ID, GroupId: GROUP_ID },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'identitystore:DeleteGroup', [
      storeArn(world, input.IdentityStoreId),
      groupArn(input.GroupId),
    ]),
  effect: (input, _, world) =>
    withFound(directoryOf(world, input.IdentityStoreId), ({ center }) => {
      const known = teamOf(center, input.GroupId);
      if ('error' in known) {
        return known;
      }
      const { id } = known.team;
      const memberships = Object.entries(center.memberships).filter(([, { group }]) => group !== id);
      return done(
        withCenter(world, {
          ...center,
          teams: without(center.teams, id),
          memberships: Object.fromEntries(memberships),
        }),
      );
    }),
});

/**
 * Users and groups of the directory. Deleting one leaves its assignments behind, as AWS does: nobody can use them.
 * Source: Identity Store API Reference.
 */
export const directoryOperations = [
  createUser,
  listUsers,
  describeUser,
  deleteUser,
  createGroup,
  listGroups,
  describeGroup,
  deleteGroup,
];
