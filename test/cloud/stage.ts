import { type Actor, type Answer, advance, buildWorld, findActor, send } from '../../src/cloud/index.ts';
import type { Account, Instance, World } from '../../src/cloud/world.ts';
import type { AccountSpec, WorldSpec } from '../../src/cloud/world-spec.ts';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
export const START = Date.parse('2026-03-02T09:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A policy with one statement. */
export function policy(...statements: readonly Record<string, unknown>[]) {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(Action: string | readonly string[], Resource: string | readonly string[] = '*') {
  return { Effect: 'Allow', Action, Resource };
}

/** A trust policy for a service. */
export function trust(service: string) {
  return policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
}

export const EC2 = 'ec2.amazonaws.com';

/** A small company: an administrator, somebody without permissions, a web server and a bucket. */
export const COMPANY: AccountSpec = {
  name: 'company',
  users: {
    admin: { policies: ['AdministratorAccess'] },
    nobody: {},
  },
  instances: { 'web-1': { id: 'i-00000000000000001', processes: { app: 'refreshes', worker: 'copies' } } },
  buckets: { assets: { objects: { 'site/index.html': 'hello', 'payroll/march.csv': 'secret' } } },
};

/** What a world has beside its accounts. */
type Wide = Partial<Omit<WorldSpec, 'accounts'>>;

export function spec(account: AccountSpec, others: WorldSpec['accounts'] = {}, wide: Wide = {}): WorldSpec {
  return {
    clock: '2026-03-02T09:00:00Z',
    seed: 'test',
    accounts: { [ACCOUNT]: account, ...others },
    ...wide,
  };
}

/** A world that is played on, request by request. */
export class Stage {
  world: World;

  constructor(account: Partial<AccountSpec> = {}, others: WorldSpec['accounts'] = {}, wide: Wide = {}) {
    const built = buildWorld(spec({ ...COMPANY, ...account }, others, wide));
    if ('problems' in built) {
      throw new Error(built.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
    }
    this.world = built.world;
  }

  actor(name: string): Actor {
    const actor = findActor(this.world, name);
    if (actor === undefined) {
      throw new Error(`Nobody is called ${name}.`);
    }
    return actor;
  }

  /** Sends a request as somebody, by name or as an actor found before. */
  ask(who: string | Actor, operation: string, input: Record<string, unknown> = {}): Answer {
    const actor = typeof who === 'string' ? this.actor(who) : who;
    const { world, answer } = send(this.world, actor, { operation, input });
    this.world = world;
    return answer;
  }

  /** What a request that must succeed answers. */
  do(who: string | Actor, operation: string, input: Record<string, unknown> = {}): unknown {
    const answer = this.ask(who, operation, input);
    if (answer.kind !== 'done') {
      throw new Error(`${operation}: ${JSON.stringify(answer)}`);
    }
    return answer.output;
  }

  /** The code and sentence of a request that must not succeed, with what became of it. */
  error(who: string | Actor, operation: string, input: Record<string, unknown> = {}): string {
    const answer = this.ask(who, operation, input);
    return 'error' in answer
      ? `${answer.kind}: ${answer.error.code}: ${answer.error.message}`
      : `${answer.kind}${answer.kind === 'not-sent' ? `: ${answer.message}` : ''}`;
  }

  wait(milliseconds: number): void {
    this.world = advance(this.world, milliseconds);
  }

  get account(): Account {
    const account = this.world.accounts[ACCOUNT];
    if (account === undefined) {
      throw new Error('There is no account.');
    }
    return account;
  }

  get instance(): Instance {
    const [instance] = Object.values(this.account.instances);
    if (instance === undefined) {
      throw new Error('There is no instance.');
    }
    return instance;
  }
}
