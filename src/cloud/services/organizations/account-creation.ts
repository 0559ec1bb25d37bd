import { iamArn } from '../../arn.ts';
import { generated, put } from '../../change.ts';
import { newAccountId, newLowerCaseId, newUniqueId } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, Role } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { emptyAccount } from '../index.ts';
import { constraint, managed, permission, withOrganization, wrongPattern } from './access.ts';
import { withMember } from './membership.ts';
import type { AccountCreation, Organization } from './records.ts';

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

/** New accounts of the organization. */
export const accountCreationOperations = [
  createAccount,
  describeCreateAccountStatus,
  listCreateAccountStatus,
];
