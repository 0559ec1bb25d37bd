import { type StoryWorld, storyline } from './story.ts';

const [ONE, TWO, THREE, FOUR, BOSS] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
  '555555555555',
] as const;
const at4 = (permissionSet: string, group: string) =>
  [ONE, TWO, THREE, FOUR].map((account) => ({ account, permissionSet, group }));
const WORLD: StoryWorld = {
  accounts: {
    [ONE]: { name: 'one', buckets: { 'one-data': { objects: { 'a.txt': 'a' } } } },
    [TWO]: { name: 'two' },
    [THREE]: { name: 'three' },
    [FOUR]: { name: 'four' },
    [BOSS]: { name: 'management', users: { maria: { policies: ['AdministratorAccess'] } } },
  },
  organization: { management: BOSS, accounts: [ONE, TWO, THREE, FOUR] },
  identityCenter: {
    groups: { Operations: {}, Auditors: {} },
    users: { olaf: { groups: ['Operations'] }, anna: { groups: ['Auditors'] } },
    permissionSets: {
      Operate: { policies: ['PowerUserAccess'], sessionDuration: 'PT2H' },
      Audit: { policies: ['ViewOnlyAccess'] },
    },
    assignments: [...at4('Operate', 'Operations'), ...at4('Audit', 'Auditors')],
  },
};

storyline(
  'One sign-in: two teams with their permission sets over the same four accounts',
  WORLD,
  ({ at }) => {
    at('olaf', 'aws sso login').works('Successfully logged into');
    at('anna', 'aws sso login').works();
    at('olaf', 'whoami').works('olaf/Operate@one', 'olaf/Operate@four');
    for (const account of ['one', 'two', 'three', 'four']) {
      at(`olaf/Operate@${account}`, 'aws sqs create-queue --queue-name q').works('QueueUrl');
      at(`anna/Audit@${account}`, 'aws sqs create-queue --queue-name q2').implicitlyDenied(
        'identity',
        'AWSReservedSSO_Audit_',
      );
    }
    at('anna/Audit@one', 'aws s3 ls').works('one-data');
    at('olaf/Operate@one', 'aws iam create-user --user-name x').implicitlyDenied(
      'identity',
      'iam:CreateUser',
    );
    at('olaf/Operate@one', 'aws sts get-caller-identity').works(
      /assumed-role\/AWSReservedSSO_Operate_[0-9a-f]{16}\/olaf/,
    );

    at('anna/Audit@one', 'aws iam list-roles --query Roles[].Path --output text').works(
      '/aws-reserved/sso.amazonaws.com/',
    );
  },
);

storyline(
  'One sign-in: leaving the group ends new sessions, a running one goes on to its end',
  WORLD,
  ({ at }) => {
    const text = (line: string) => at('maria', `aws ${line} --output text`).text();
    const store = text('sso-admin list-instances --query Instances[0].IdentityStoreId');
    const user = text(
      `identitystore list-users --identity-store-id ${store} --query "Users[?UserName=='olaf'].UserId"`,
    );
    at('olaf', 'aws sso login').works();
    at('olaf/Operate@one', 'aws s3 ls').works();
    const key =
      at('olaf/Operate@one', 'whoami')
        .text()
        .match(/ASIA\w+/)?.[0] ?? '';
    const membership = text(
      `identitystore list-group-memberships-for-member --identity-store-id ${store} --member-id UserId=${user} --query GroupMemberships[0].MembershipId`,
    );
    at(
      'maria',
      `aws identitystore delete-group-membership --identity-store-id ${store} --membership-id ${membership}`,
    ).works();
    at('olaf', 'whoami').works();
    at(key, 'aws s3 ls').works('one-data');
    at('maria', 'wait 2h').works();
    at(key, 'aws s3 ls').rejected('ExpiredToken');
  },
);
