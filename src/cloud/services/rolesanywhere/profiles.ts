import { REGION, resourceArn } from '../../arn.ts';
import { drop, generated, put } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, AnywhereProfile } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { passRole } from '../iam/pass-role.ts';
import { permission } from './trust-anchors.ts';

const PROFILE_ID = { type: 'string', required: true, help: 'id of the profile' } as const;
const USUAL_DURATION = 3_600;

/** ARN of a profile of Roles Anywhere. */
export function profileArn(account: AccountId, id: string): string {
  return `arn:aws:rolesanywhere:${REGION}:${account}:profile/${id}`;
}

function described(profile: AnywhereProfile): { readonly [key: string]: Json } {
  return {
    profileId: profile.id,
    profileArn: profile.arn,
    name: profile.name,
    enabled: profile.enabled,
    roleArns: profile.roleArns,
    durationSeconds: profile.durationSeconds,
    createdAt: isoTime(profile.created),
  };
}

const createProfile = define({
  id: 'rolesanywhere:CreateProfile',
  summary: 'say which roles certificates may be traded for',
  input: {
    name: { type: 'string', required: true, help: 'name of the profile' },
    roleArns: { type: 'strings', required: true, help: 'ARNs of roles' },
    durationSeconds: { type: 'integer', help: '900 to 43200; 3600 unless said' },
    enabled: { type: 'boolean', help: 'let it be used from now on' },
  },
  needs: (input, caller) => [
    permission('CreateProfile', caller, '*'),
    ...input.roleArns.map((role) =>
      passRole(caller, resourceArn(role), profileArn(caller.account, '*'), 'rolesanywhere.amazonaws.com'),
    ),
  ],
  effect(input, caller, world) {
    const { name, roleArns, durationSeconds = USUAL_DURATION, enabled = false } = input;
    const stranger = roleArns.find((arn) => !/^arn:aws:iam::\d{12}:role\/./.test(arn));
    if (stranger !== undefined) {
      return failed('ValidationException', `Invalid role arn: ${stranger}`);
    }
    if (durationSeconds < 900 || durationSeconds > 43_200) {
      return failed('ValidationException', 'Duration seconds must be between 900 and 43200');
    }
    const [id, next] = generated(world, newUuid);
    const profile: AnywhereProfile = {
      id,
      arn: profileArn(caller.account, id),
      name,
      roleArns,
      durationSeconds,
      enabled,
      created: world.clock,
    };
    return done(put(next, caller.account, 'anywhereProfiles', id, profile), { profile: described(profile) });
  },
});

const listProfiles = define({
  id: 'rolesanywhere:ListProfiles',
  summary: 'list which roles certificates may be traded for',
  input: {},
  needs: (_, caller) => [permission('ListProfiles', caller, '*')],
  effect: (_, caller, world) =>
    done(world, { profiles: Object.values(homeOf(world, caller).anywhereProfiles).map(described) }),
});

function noSuchProfile(id: string) {
  return failed('ResourceNotFoundException', `Profile with id ${id} not found`);
}

const getProfile = define({
  id: 'rolesanywhere:GetProfile',
  summary: 'show a profile',
  input: { profileId: PROFILE_ID },
  needs: (input, caller) => [permission('GetProfile', caller, profileArn(caller.account, input.profileId))],
  effect(input, caller, world) {
    const profile = own(homeOf(world, caller).anywhereProfiles, input.profileId);
    return profile ? done(world, { profile: described(profile) }) : noSuchProfile(input.profileId);
  },
});

const deleteProfile = define({
  id: 'rolesanywhere:DeleteProfile',
  summary: 'delete a profile',
  input: { profileId: PROFILE_ID },
  needs: (input, caller) => [
    permission('DeleteProfile', caller, profileArn(caller.account, input.profileId)),
  ],
  effect(input, caller, world) {
    const profile = own(homeOf(world, caller).anywhereProfiles, input.profileId);
    return profile
      ? done(drop(world, caller.account, 'anywhereProfiles', profile.id), { profile: described(profile) })
      : noSuchProfile(input.profileId);
  },
});

/** Source: IAM Roles Anywhere API Reference, API_CreateProfile.html. */
export const profileOperations = [createProfile, listProfiles, getProfile, deleteProfile];
