import { iamArn } from '../../arn.ts';
import { generated, put } from '../../change.ts';
import { newAccountId, newLowerCaseId, newUniqueId } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, Role, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { emptyAccount } from '../index.ts';
import {
  constraint,
  idProblem,
  managed,
  onTarget,
  permission,
  withOrganization,
  wrongPattern,
} from './access.ts';
import { withMember } from './membership.ts';
import type { AccountCreation, Organization } from './records.ts';
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

const createAccount = define({
  id: 'organizations:CreateAccount',
  summary: 'make a member account, with a role by which the management account gets in',
  input: {
    Email: { type: 'string', required: true, help: 'address of its root user, of no other account' },
    AccountName: { type: 'string', required: true, help: 'name of the new account' },
    RoleName: { type: 'string', help: 'name of that role; OrganizationAccountAccessRole unless said' },
  },
  needs: (_, caller) => [permission(caller, 'CreateAccount')],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { Email: email, AccountName: name, RoleName: role = 'OrganizationAccountAccessRole' } = input;
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || !/^[\w+=,.@-]{1,64}$/.test(role) || name.length > 50) {
      return wrongPattern();
    }
    if (Object.keys(organization.members).length >= organization.accountLimit) {
      return constraint(
        'ACCOUNT_NUMBER_LIMIT_EXCEEDED',
        'You have exceeded the allowed number of AWS accounts.',
      );
    }
    const [ids, next] = generated(world, (generator) => ({
      account: newAccountId(generator),
      role: newUniqueId(generator, 'AROA'),
      creation: newLowerCaseId(generator, 'car-', 32),
    }));
    const isTaken = Object.values(organization.members).some((member) => member.email === email);
    const creation: AccountCreation = {
      id: ids.creation,
      name,
      requested: world.clock,
      outcome: isTaken
        ? { state: 'FAILED', reason: 'EMAIL_ALREADY_EXISTS' }
        : { state: 'SUCCEEDED', account: ids.account },
    };
    const accounts = { ...next.accounts, [ids.account]: emptyAccount(ids.account, name) };
    const access = accessRole(organization, ids.account, ids.role, role, world.clock);
    const withRole = put({ ...next, accounts }, ids.account, 'roles', role, access);
    const started = { ...organization, creations: { ...organization.creations, [creation.id]: creation } };
    const answer = {
      CreateAccountStatus: {
        Id: creation.id,
        AccountName: name,
        State: 'IN_PROGRESS',
        RequestedTimestamp: isoTime(world.clock),
      },
    };
    if (isTaken) {
      return done(withOrganization(next, started, {}), answer);
    }
    return done(
      withMember(withRole, started, ids.account, {
        parent: organization.rootId,
        email,
        joined: world.clock,
        method: 'CREATED',
      }),
      answer,
    );
  },
});

/** Source: Organizations User Guide, orgs_manage_accounts_access-cross-account-role.html. */
function accessRole(
  { managementAccount }: Organization,
  account: AccountId,
  id: string,
  name: string,
  created: number,
): Role {
  return {
    name,
    path: '/',
    id,
    arn: iamArn(account, 'role', name),
    created,
    description: '',
    trust: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${managementAccount}:root` },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    inline: {},
    boundary: null,
    maxSessionDuration: 3_600,
    tags: {},
  };
}

/** Account creation takes AWS a moment; here it is over when it is asked about. */
function describedCreation({ id, name, requested, outcome }: AccountCreation): Json {
  return {
    Id: id,
    AccountName: name,
    State: outcome.state,
    RequestedTimestamp: isoTime(requested),
    CompletedTimestamp: isoTime(requested),
    ...(outcome.state === 'SUCCEEDED' ? { AccountId: outcome.account } : { FailureReason: outcome.reason }),
  };
}

const describeCreateAccountStatus = define({
  id: 'organizations:DescribeCreateAccountStatus',
  summary: 'show what became of a request for a new account',
  input: {
    CreateAccountRequestId: { type: 'string', required: true, help: 'car-… that create-account answered' },
  },
  needs: (_, caller) => [permission(caller, 'DescribeCreateAccountStatus')],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const creation = own(found.organization.creations, input.CreateAccountRequestId);
    return creation
      ? done(world, { CreateAccountStatus: describedCreation(creation) })
      : failed(
          'CreateAccountStatusNotFoundException',
          "We can't find an create account request with the CreateAccountRequestId that you specified.",
        );
  },
});

const listCreateAccountStatus = define({
  id: 'organizations:ListCreateAccountStatus',
  summary: 'list the requests for new accounts',
  input: {},
  needs: (_, caller) => [permission(caller, 'ListCreateAccountStatus')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    return 'error' in found
      ? found
      : done(world, {
          CreateAccountStatuses: Object.values(found.organization.creations).map(describedCreation),
        });
  },
});

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
export const accountOperations = [
  listAccounts,
  listAccountsForParent,
  describeAccount,
  createAccount,
  describeCreateAccountStatus,
  listCreateAccountStatus,
  moveAccount,
];
