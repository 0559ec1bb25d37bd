import type { Actor } from '../../cloud/actor.ts';
import { REGION } from '../../cloud/arn.ts';
import { signIn } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import { personNamed, portalRoles } from '../../cloud/services/identity-center/portal.ts';
import { machineOf } from '../machine.ts';
import type { Ending } from '../plan.ts';
import type { Moment } from '../session.ts';
import { UNABLE, USAGE, usageError } from './usage.ts';

/** What the AWS CLI says before it lists what somebody may choose. */
function available(count: number): string {
  return count === 1 ? 'The only role available to you is:' : `There are ${count} roles available to you.`;
}

/**
 * `aws configure sso`: signs in to the access portal and makes a profile for a role there. The AWS CLI asks which one;
 * this prompt cannot, so with several it says which lines choose.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
 */
export function configureSso(
  words: readonly string[],
  moment: Moment,
  actor: Actor,
  chosen: string | null,
): Ending {
  if (words.length > 0) return { output: usageError(`Unknown options: ${words.join(', ')}`), exit: USAGE };
  const { world } = moment;
  const center = world.identityCenter;
  const person = actor.kind === 'workforce' ? personNamed(center, actor.user) : undefined;
  if (actor.kind !== 'workforce' || center === null || person === undefined) {
    return {
      output:
        'Only users of the directory of IAM Identity Center can sign in to its access portal. `as` lists who is here.',
      exit: UNABLE,
    };
  }
  const start = `https://${center.store}.awsapps.com/start`;
  const signed = `Successfully logged into Start URL: ${start}`;
  const roles = portalRoles(world, center, person);
  const after = signIn(world, actor.user);
  const [only, ...others] = roles;
  if (only === undefined) {
    return { output: `${signed}\nNo AWS accounts are available to you.`, exit: UNABLE, world: after };
  }
  if (others.length > 0) {
    const list = roles.map(({ account, set }) => `  ${set.name} in ${account.name} (${account.id})`);
    const profile = chosen ?? `${only.set.name}-${only.account.id}`;
    return {
      output: [
        signed,
        available(roles.length),
        ...list,
        'The AWS CLI asks which, and this prompt cannot ask. Profiles named <role>-<account id> are there already, such as',
        `  aws sts get-caller-identity --profile ${only.set.name}-${only.account.id}`,
        'For one of another name:',
        `  aws configure set sso_account_id ${only.account.id} --profile ${profile}`,
        `  aws configure set sso_role_name ${only.set.name} --profile ${profile}`,
      ].join('\n'),
      exit: 0,
      world: after,
    };
  }
  const profile = chosen ?? `${only.set.name}-${only.account.id}`;
  const machine = machineOf(moment, actor);
  const settings = {
    ...own(machine.profiles, profile),
    sso_start_url: start,
    sso_region: REGION,
    sso_account_id: only.account.id,
    sso_role_name: only.set.name,
  };
  return {
    output: [
      signed,
      available(1),
      `  ${only.set.name} in ${only.account.name} (${only.account.id})`,
      'To use this profile, specify the profile name using --profile, as shown:',
      `aws sts get-caller-identity --profile ${profile}`,
    ].join('\n'),
    exit: 0,
    world: after,
    machine: { ...machine, profiles: { ...machine.profiles, [profile]: settings } },
  };
}
