import { accessMap, updateMap } from '../../src/cloud/access-map/index.ts';
import { send } from '../../src/cloud/index.ts';
import type { World } from '../../src/cloud/world.ts';
import { openSession, restore, runLine, save } from '../../src/shell/index.ts';
import {
  accountId,
  administrator,
  commands,
  everyRole,
  largeWorld,
  manyResources,
} from './cloud-workloads.ts';

/**
 * How long the simulated cloud takes in a large world, in milliseconds of processor time: on an idle machine that is
 * the time on the clock or more, and a busy one does not spoil it. The time on the clock stands beside it.
 */
interface Took {
  readonly processor: number;
  readonly clock: number;
}

function timed<T>(run: () => T): readonly [took: Took, result: T] {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = run();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return [{ processor: (user + system) / 1000, clock }, result];
}

/** The run in the middle. */
function median(runs: readonly Took[]): Took {
  const sorted = [...runs].sort((a, b) => a.processor - b.processor);
  return sorted[sorted.length >> 1] ?? { processor: 0, clock: 0 };
}

function report(what: string, { processor, clock }: Took, most: number, note = ''): void {
  const verdict = processor < most ? '' : '  TOO SLOW';
  const numbers = `${processor.toFixed(1).padStart(8)} ms (under ${most}), ${clock.toFixed(1)} on the clock`;
  console.log(`  ${what.padEnd(46)}${numbers}${note}${verdict}`);
  if (verdict !== '') process.exitCode = 1;
}

/** Command lines applied one after the other, in a session that keeps its past, and the log of them replayed. */
function benchCommands(world: World): void {
  const start = { world, actor: administrator(world), files: {} };
  let session = openSession(start);
  const times: Took[] = [];
  for (const line of commands(1000)) {
    const [took, turn] = timed(() => runLine(session, line));
    session = turn.session;
    times.push(took);
  }
  report('a command applied, median of 1,000', median(times), 5);
  const saved = save(session);
  report('1,000 commands replayed', timed(() => restore(saved, start))[0], 1000);
  const snapshots = Array.from({ length: 5 }, () => timed(() => JSON.stringify(session.now.world))[0]);
  report('a snapshot serialised', median(snapshots), 100);
}

function benchMaps(world: World): void {
  const [first] = timed(() => accessMap(world, everyRole(world)));
  report('access map of 100,000 requests, the first', first, 1000);
  const again = Array.from({ length: 3 }, () => timed(() => accessMap(world, everyRole(world)))[0]);
  report('access map of 100,000 requests, again', median(again), 1000);

  let map = accessMap(world, manyResources(world));
  const updates: Took[] = [];
  for (const effect of ['Deny', 'Allow', 'Deny']) {
    const after = withPolicyChanged(map.world, effect);
    const [took, updated] = timed(() => updateMap(map, after));
    updates.push(took);
    map = updated;
  }
  const note = `, ${map.decided} requests decided again`;
  report('the map after one policy has changed', median(updates), 50, note);
}

/** The world after the policy that all roles of the first account have got another default version. */
function withPolicyChanged(world: World, Effect: string): World {
  const arn = `arn:aws:iam::${accountId(0)}:policy/policy-0`;
  const Statement = { Effect, Action: 's3:*', Resource: '*' };
  const request = {
    operation: 'iam:CreatePolicyVersion',
    input: {
      PolicyArn: arn,
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      SetAsDefault: true,
    },
  };
  const { world: after, answer } = send(world, administrator(world), request);
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return after;
}

console.log('The simulated cloud, with 50 accounts, 2,000 roles and 5,000 policies:');
const world = largeWorld();
benchCommands(world);
benchMaps(world);
