import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { idProblem, managed, onTarget, permission, withOrganization } from './access.ts';
import type { Organization } from './records.ts';
import { accountsBelow, isParent, targetArn } from './tree.ts';

const PARENT = { type: 'string', required: true, help: 'r-… of the root or ou-… of an OU' } as const;

function described(world: World, organization: Organization, id: AccountId): Json {
  const member = own(organization.members, id);
  return {
    Id: id,
    Arn: targetArn(organization, id),
    Email: member?.email ?? '',
    Name: own(world.accounts, id)?.name ?? '',
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: member?.method ?? 'CREATED',
    JoinedTimestamp: isoTime(member?.joined ?? world.clock),
  };
}

const listAccounts = define({
  id: 'organizations:ListAccounts',
  summary: 'list all accounts of the organization',
  input: {},
  needs: (_, caller) => [permission(caller, 'ListAccounts')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    return 'error' in found
      ? found
      : done(world, {
          Accounts: Object.keys(found.organization.members).map((id) =>
            described(world, found.organization, id),
          ),
        });
  },
});

const listAccountsForParent = define({
  id: 'organizations:ListAccountsForParent',
  summary: 'list the accounts directly in a root or OU',
  input: { ParentId: PARENT },
  needs: (input, caller, world) => [onTarget(world, caller, 'ListAccountsForParent', input.ParentId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const problem = idProblem(input.ParentId) ?? parentProblem(organization, input.ParentId);
    return (
      problem ??
      done(world, {
        Accounts: accountsBelow(organization, input.ParentId).map((id) => described(world, organization, id)),
      })
    );
  },
});

/** The error for a parent that is not there, or null. */
export function parentProblem(organization: Organization, id: string) {
  return isParent(organization, id)
    ? null
    : failed('ParentNotFoundException', "We can't find a root or OU with the ParentId that you specified.");
}

const describeAccount = define({
  id: 'organizations:DescribeAccount',
  summary: 'show an account of the organization',
  input: { AccountId: { type: 'string', required: true, help: 'twelve digits' } },
  needs: (input, caller, world) => [onTarget(world, caller, 'DescribeAccount', input.AccountId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    return (
      idProblem(input.AccountId) ??
      (Object.hasOwn(organization.members, input.AccountId)
        ? done(world, { Account: described(world, organization, input.AccountId) })
        : noAccount())
    );
  },
});

function noAccount() {
  return failed(
    'AccountNotFoundException',
    "We can't find an AWS account with the AccountId that you specified, or the account whose credentials you used to make this request isn't a member of an organization.",
  );
}

const moveAccount = define({
  id: 'organizations:MoveAccount',
  summary: 'move an account to another OU, or to the root',
  input: {
    AccountId: { type: 'string', required: true, help: 'twelve digits' },
    SourceParentId: { type: 'string', required: true, help: 'r-… or ou-… where it is' },
    DestinationParentId: { type: 'string', required: true, help: 'r-… or ou-… where it is to go' },
  },
  needs: (input, caller, world) =>
    [input.AccountId, input.SourceParentId, input.DestinationParentId].map((id) =>
      onTarget(world, caller, 'MoveAccount', id),
    ),
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { AccountId: id, SourceParentId: source, DestinationParentId: destination } = input;
    const problem = idProblem(id, source, destination);
    if (problem !== null) {
      return problem;
    }
    const member = own(organization.members, id);
    if (member === undefined) {
      return noAccount();
    }
    if (member.parent !== source) {
      return failed(
        'SourceParentNotFoundException',
        "We can't find a source root or OU with the ParentId that you specified.",
        `The account is in ${member.parent}.`,
      );
    }
    if (!isParent(organization, destination)) {
      return failed(
        'DestinationParentNotFoundException',
        "We can't find the destination container (a root or OU) with the ParentId that you specified.",
      );
    }
    if (source === destination) {
      return failed(
        'DuplicateAccountException',
        'That account is already present in the specified destination.',
      );
    }
    const members = { ...organization.members, [id]: { ...member, parent: destination } };
    return done(withOrganization(world, organization, { members }));
  },
});

/** Accounts of the organization. */
export const accountOperations = [listAccounts, listAccountsForParent, describeAccount, moveAccount];
