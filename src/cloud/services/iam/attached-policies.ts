import { managedPolicy } from '../../managed-policies.ts';
import type { Operation } from '../../operation.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { attachable, noSuch, notAttachable, overQuota, POLICY_ARN } from './entities.ts';
import {
  HOLDERS,
  type HolderKind,
  holderOf,
  holderToChange,
  nameIn,
  nameMember,
  onHolder,
  putHolder,
} from './holders.ts';

function attach(holder: HolderKind): Operation {
  return define({
    id: `iam:Attach${holder.title}Policy`,
    summary: `attach a managed policy to a ${holder.kind}`,
    input: { ...nameMember(holder), PolicyArn: POLICY_ARN },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Attach${holder.title}Policy`, {
        'iam:PolicyARN': input.PolicyArn,
      }),
    effect(input, caller, world) {
      const home = homeOf(world, caller);
      const name = nameIn(holder, input);
      const found = holderToChange(home, holder, name);
      if ('error' in found) {
        return found;
      }
      const { holder: target } = found;
      if (input.PolicyArn.startsWith('arn:aws:iam::aws:policy/aws-service-role/')) {
        return failed('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.');
      }
      if (attachable(world, home, input.PolicyArn) === undefined) {
        return notAttachable(input.PolicyArn);
      }
      if (target.attached.includes(input.PolicyArn)) {
        return done(world);
      }
      return target.attached.length >= holder.attachedLimit
        ? overQuota(`PoliciesPer${holder.title}`, holder.attachedLimit)
        : done(
            putHolder(world, home, holder, { ...target, attached: [...target.attached, input.PolicyArn] }),
          );
    },
  });
}

function detach(holder: HolderKind): Operation {
  return define({
    id: `iam:Detach${holder.title}Policy`,
    summary: `detach a managed policy from a ${holder.kind}`,
    input: { ...nameMember(holder), PolicyArn: POLICY_ARN },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Detach${holder.title}Policy`, {
        'iam:PolicyARN': input.PolicyArn,
      }),
    effect(input, caller, world) {
      const home = homeOf(world, caller);
      const name = nameIn(holder, input);
      const found = holderToChange(home, holder, name);
      if ('error' in found) {
        return found;
      }
      const { holder: target } = found;
      const attached = target.attached.filter((arn) => arn !== input.PolicyArn);
      return attached.length === target.attached.length
        ? failed('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`)
        : done(putHolder(world, home, holder, { ...target, attached }));
    },
  });
}

function list(holder: HolderKind): Operation {
  return define({
    id: `iam:ListAttached${holder.title}Policies`,
    summary: `list the managed policies attached to a ${holder.kind}`,
    input: nameMember(holder),
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `ListAttached${holder.title}Policies`),
    effect(input, caller, world) {
      const name = nameIn(holder, input);
      const target = holderOf(homeOf(world, caller), holder, name);
      return target === undefined
        ? noSuch(holder.kind, name)
        : done(world, {
            AttachedPolicies: target.attached.map((arn) => ({
              PolicyName: managedPolicy(world, arn)?.name ?? arn,
              PolicyArn: arn,
            })),
          });
    },
  });
}

/** Managed policies on users, groups and roles. */
export const attachedPolicyOperations = HOLDERS.flatMap((holder) => [
  attach(holder),
  detach(holder),
  list(holder),
]);
