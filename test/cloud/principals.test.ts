import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { accessKeyMachine, stepAccessKey } from '../../src/cloud/access-key.ts';
import { type RoleNameState, stepRoleName } from '../../src/cloud/role-name.ts';
import { validity } from '../../src/cloud/temporary-credentials.ts';
import { holder } from './held.ts';
import { ACCOUNT, allow, HOUR, policy, Stage } from './stage.ts';

const JOE = `arn:aws:iam::${ACCOUNT}:user/joe`;
const RoleArn = `arn:aws:iam::${ACCOUNT}:role/Deploy`;

function trusts(who: string) {
  return policy({ Effect: 'Allow', Principal: { AWS: [who, ACCOUNT] }, Action: 'sts:AssumeRole' });
}

describe('a user or role that is deleted', () => {
  it('stays in trust and bucket policies by its id, and one of the same name is not meant', () => {
    const stage = new Stage({
      users: { admin: { policies: ['AdministratorAccess'] }, joe: { accessKeys: 0 } },
      roles: {
        Deploy: { trust: policy({ Effect: 'Allow', Principal: { AWS: JOE }, Action: 'sts:AssumeRole' }) },
      },
      buckets: {
        assets: {
          policy: policy({ ...allow('s3:ListBucket', 'arn:aws:s3:::assets'), Principal: { AWS: JOE } }),
        },
      },
    });
    const id = stage.account.users.joe?.id;
    stage.do('admin', 'iam:DeleteUser', { UserName: 'joe' });
    expect(stage.do('admin', 'iam:GetRole', { RoleName: 'Deploy' })).toMatchObject({
      Role: { AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: id } }] } },
    });
    expect(JSON.stringify(stage.account.buckets.assets?.policy)).toContain(id);
    stage.do('admin', 'iam:CreateUser', { UserName: 'joe' });
    stage.do('admin', 'iam:CreateAccessKey', { UserName: 'joe' });
    const ask = { RoleArn, RoleSessionName: 'again' };
    expect(stage.ask('joe', 'sts:AssumeRole', ask).kind).toBe('denied');
    expect(stage.ask('joe', 's3:ListObjectsV2', { Bucket: 'assets' }).kind).toBe('denied');
  });
});

/** What is done to a role's name, in any order. */
const deeds = fc.array(fc.constantFrom('create', 'delete', 'assume'), { minLength: 1, maxLength: 12 });

describe('the name of a role', { timeout: 30_000 }, () => {
  it('is taken by one principal after the other, as its machine says', () => {
    fc.assert(
      fc.property(deeds, (script) => {
        const stage = new Stage();
        let model: RoleNameState = { state: 'free', id: '' };
        const sessions: { readonly of: string; readonly who: ReturnType<typeof holder> }[] = [];
        for (const deed of script) {
          if (deed === 'create') {
            const made = stage.ask('admin', 'iam:CreateRole', {
              RoleName: 'Deploy',
              AssumeRolePolicyDocument: JSON.stringify(trusts(ACCOUNT)),
            });
            expect(made.kind).toBe(model.state === 'free' ? 'done' : 'failed');
            const id = stage.account.roles.Deploy?.id ?? '';
            model = model.state === 'free' ? stepRoleName(model, { type: 'role.created', id }) : model;
          } else if (deed === 'delete') {
            const gone = stage.ask('admin', 'iam:DeleteRole', { RoleName: 'Deploy' });
            expect(gone.kind).toBe(model.state === 'taken' ? 'done' : 'failed');
            model = stepRoleName(model, { type: 'role.deleted' });
          } else {
            const answer = stage.ask('admin', 'sts:AssumeRole', { RoleArn, RoleSessionName: 'model' });
            expect(answer.kind).toBe(model.state === 'taken' ? 'done' : 'denied');
            if (answer.kind === 'done') {
              sessions.push({ of: model.id, who: holder(answer.output) });
            }
          }
          for (const { of, who } of sessions) {
            const isTheirs = model.state === 'taken' && model.id === of;
            expect(stage.ask(who, 'sts:GetCallerIdentity').kind).toBe(isTheirs ? 'done' : 'rejected');
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the life of an access key', () => {
  it('on every path: deleted is for good, and so is exposed', () => {
    const paths = getShortestPaths(accessKeyMachine);
    expect(paths.length).toBe(6);
    for (const { state } of paths) {
      const { status, exposure } = state.value;
      for (const event of ['key.activated', 'key.deactivated', 'key.deleted', 'key.exposed'] as const) {
        const after = stepAccessKey({ status, exposure }, event);
        expect(status === 'Deleted' ? after.status : 'Deleted').toBe('Deleted');
        expect(exposure === 'exposed' ? after.exposure : 'exposed').toBe('exposed');
      }
    }
  });
});

describe('temporary credentials', () => {
  it('work before their expiry and at no moment after it', () => {
    const stage = new Stage();
    const session = holder(stage.do('admin', 'sts:GetSessionToken', { DurationSeconds: 900 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * HOUR }), (milliseconds) => {
        const expires = stage.world.clock + 900_000;
        const later = new Stage();
        later.world = stage.world;
        later.wait(milliseconds);
        const works = later.ask(session, 'sts:GetCallerIdentity').kind === 'done';
        expect(works).toBe(validity({ expires }, later.world.clock) === 'valid');
      }),
      { numRuns: 30 },
    );
  });
});
