import type { PolicyDocument } from '../../../iam/request.ts';
import { without } from '../../change.ts';
import { readDocument, sizeOf } from '../../documents.ts';
import { LIMITS } from '../../limits.ts';
import type { Operation } from '../../operation.ts';
import { own } from '../../own.ts';
import { define, done, failed, homeOf, json } from '../define.ts';
import { nameProblem, noSuch } from './entities.ts';
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

const POLICY_NAME = { type: 'string', required: true, help: 'name of the inline policy' } as const;

function totalSize(inline: Readonly<Record<string, PolicyDocument>>): number {
  return Object.values(inline).reduce((sum, document) => sum + sizeOf(document), 0);
}

function noSuchPolicy({ kind }: HolderKind, policy: string) {
  return failed('NoSuchEntity', `The ${kind} policy with name ${policy} cannot be found.`);
}

function put(holder: HolderKind): Operation {
  return define({
    id: `iam:Put${holder.title}Policy`,
    summary: `put an inline policy on a ${holder.kind}`,
    input: {
      ...nameMember(holder),
      PolicyName: POLICY_NAME,
      PolicyDocument: { type: 'document', required: true, help: 'the policy' },
    },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Put${holder.title}Policy`),
    effect(input, caller, world) {
      const home = homeOf(world, caller);
      const name = nameIn(holder, input);
      const problem = nameProblem('policyName', input.PolicyName, LIMITS.policyName);
      if (problem !== null) {
        return problem;
      }
      const found = holderToChange(home, holder, name);
      if ('error' in found) {
        return found;
      }
      const { holder: target } = found;
      const read = readDocument(world, input.PolicyDocument, { kind: 'identity' });
      if ('error' in read) {
        return read;
      }
      const inline = { ...target.inline, [input.PolicyName]: read.document };
      return totalSize(inline) > holder.inlineLimit
        ? failed(
            'LimitExceeded',
            `Maximum policy size of ${holder.inlineLimit} bytes exceeded for ${holder.kind} ${name}`,
          )
        : done(putHolder(world, home, holder, { ...target, inline }));
    },
  });
}

function get(holder: HolderKind): Operation {
  return define({
    id: `iam:Get${holder.title}Policy`,
    summary: `show an inline policy of a ${holder.kind}`,
    input: { ...nameMember(holder), PolicyName: POLICY_NAME },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Get${holder.title}Policy`),
    effect(input, caller, world) {
      const name = nameIn(holder, input);
      const target = holderOf(homeOf(world, caller), holder, name);
      if (target === undefined) {
        return noSuch(holder.kind, name);
      }
      const document = own(target.inline, input.PolicyName);
      return document === undefined
        ? noSuchPolicy(holder, input.PolicyName)
        : done(world, {
            [holder.member]: name,
            PolicyName: input.PolicyName,
            PolicyDocument: json(document),
          });
    },
  });
}

function remove(holder: HolderKind): Operation {
  return define({
    id: `iam:Delete${holder.title}Policy`,
    summary: `delete an inline policy of a ${holder.kind}`,
    input: { ...nameMember(holder), PolicyName: POLICY_NAME },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Delete${holder.title}Policy`),
    effect(input, caller, world) {
      const home = homeOf(world, caller);
      const name = nameIn(holder, input);
      const found = holderToChange(home, holder, name);
      if ('error' in found) {
        return found;
      }
      const { holder: target } = found;
      return Object.hasOwn(target.inline, input.PolicyName)
        ? done(
            putHolder(world, home, holder, { ...target, inline: without(target.inline, input.PolicyName) }),
          )
        : noSuchPolicy(holder, input.PolicyName);
    },
  });
}

function list(holder: HolderKind): Operation {
  return define({
    id: `iam:List${holder.title}Policies`,
    summary: `list the inline policies of a ${holder.kind}`,
    input: nameMember(holder),
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `List${holder.title}Policies`),
    effect(input, caller, world) {
      const name = nameIn(holder, input);
      const target = holderOf(homeOf(world, caller), holder, name);
      return target === undefined
        ? noSuch(holder.kind, name)
        : done(world, { PolicyNames: Object.keys(target.inline).sort() });
    },
  });
}

/** Inline policies of users, groups and roles: part of their holder, and gone with it. */
export const inlinePolicyOperations = HOLDERS.flatMap((holder) => [
  put(holder),
  get(holder),
  remove(holder),
  list(holder),
]);
