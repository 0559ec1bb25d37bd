import { instanceArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Instance, Tags } from '../../world.ts';
import { failed } from '../define.ts';

/** What an instance is when no type is said. */
export const USUAL_TYPE = 't3.micro';

/** An instance by its id, or EC2's error. */
export function instanceNamed(
  account: Account,
  id: string,
): { readonly instance: Instance } | { readonly error: ApiError } {
  if (!/^i-[0-9a-f]{8,17}$/.test(id)) {
    return failed('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  }
  const instance = own(account.instances, id);
  return instance
    ? { instance }
    : failed('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
}

/** Permission for an EC2 action on an instance, with what conditions can ask about it. */
export function onInstance(
  account: Account,
  caller: Caller,
  id: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const instance = own(account.instances, id);
  const profile = instance?.association && own(account.instanceProfiles, instance.association.profile);
  return {
    action: `ec2:${action}`,
    resource: instanceArn(account.id, id),
    resourceAccount: caller.account,
    context: {
      ...(instance ? { ...ec2Tags(tagsOf(instance)), 'ec2:InstanceID': instance.id } : {}),
      ...(instance?.launch ? { 'ec2:InstanceType': instance.launch.type } : {}),
      ...(profile ? { 'ec2:InstanceProfile': profile.arn } : {}),
      ...context,
    },
  };
}

/** All tags of an instance. */
export function tagsOf({ name, tags }: Instance): Tags {
  return { Name: name, ...tags };
}

/** EC2's own condition keys on the tags of a resource. */
export function ec2Tags(tags: Tags): NonNullable<PermissionNeeded['context']> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`ec2:ResourceTag/${key}`, value]));
}

/** Whether an instance runs, as EC2 prints it. Source: EC2 API Reference, API_InstanceState.html. */
export function stateOf({ state }: Instance): { readonly Code: number; readonly Name: string } {
  return state === 'stopped' ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' };
}

/** Metadata options as EC2 prints them. */
export function describedOptions({ metadata }: Pick<Instance, 'metadata'>) {
  return {
    State: 'applied',
    HttpTokens: metadata.tokens,
    HttpPutResponseHopLimit: metadata.hopLimit,
    HttpEndpoint: metadata.endpoint,
  };
}

/** `terminated`. Source: EC2 API Reference, API_InstanceState.html. */
export const TERMINATED = { Code: 48, Name: 'terminated' };
