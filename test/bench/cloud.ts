import { accessMap, updateMap } from '../../src/cloud/access-map/index.ts';
import { send } from '../../src/cloud/index.ts';
import type { World } from '../../src/cloud/world.ts';
import { openSession, restore, runLine, save } from '../../src/shell/index.ts';
import { accountId, administrator, commands, largeUniverse, largeWorld } from './cloud-workloads.ts';

/** Median milliseconds of some runs. */
function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function timed<T>(run: () => T): readonly [milliseconds: number, result: T] {
  const start = performance.now();
  const result = run();
  return [performance.now() - start, result];
}

function report(what: string, milliseconds: number, target: number, note = ''): void {
  const verdict = milliseconds < target ? 'ok' : 'TOO SLOW';
  console.log(
    `${what.padEnd(52)}${milliseconds.toFixed(2).padStart(10)} ms  (under ${target})  ${verdict}${note}`,
  );
  if (milliseconds >= target) process.exitCode = 1;
}

/** A command line applied, in a session that has its whole past. */
function benchCommands(world: World): void {
  let session = openSession({ world, actor: administrator(world), files: {} });
  const times: number[] = [];
  for (const line of commands(1000)) {
    const [milliseconds, turn] = timed(() => runLine(session, line));
    session = turn.session;
    times.push(milliseconds);
  }
  report('a command applied, median', median(times), 5, `  (slowest ${Math.max(...times).toFixed(1)} ms)`);
  const [replayed] = timed(() => restore(save(session), { world, actor: administrator(world), files: {} }));
  report('1,000 commands replayed', replayed, 1000);
}

function benchMap(world: World): void {
  const universe = largeUniverse(world);
  const [first] = timed(() => accessMap(world, universe));
  const runs = Array.from({ length: 3 }, () => timed(() => accessMap(world, universe)));
  report('access map of 100,000 requests, first time', first, 1000);
  report('access map of 100,000 requests, again', median(runs.map(([time]) => time)), 1000);
  const before = runs[0]?.[1] ?? accessMap(world, universe);
  const times: number[] = [];
  let decided = 0;
  let current = before;
  for (let i = 0; i < 9; i += 1) {
    const after = withNewVersion(current.world, i);
    const [milliseconds, map] = timed(() => updateMap(current, after));
    times.push(milliseconds);
    decided = Math.max(decided, map.decided);
    current = map;
  }
  report('the map after one policy has changed', median(times), 50, `  (up to ${decided} decided again)`);
}

/** The world after a policy of the first account got another default version. */
function withNewVersion(world: World, i: number): World {
  const { world: after, answer } = send(world, administrator(world), {
    operation: 'iam:CreatePolicyVersion',
    input: {
      PolicyArn: `arn:aws:iam::${accountId(0)}:policy/policy-${i}`,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
      SetAsDefault: true,
    },
  });
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return after;
}

console.log('The simulated cloud: 50 accounts, 2,000 roles, 5,000 policies');
const [built, world] = timed(() => largeWorld());
console.log(`${'the world built from its description'.padEnd(52)}${built.toFixed(0).padStart(7)}    ms`);
benchCommands(world);
benchMap(world);
const snapshots = Array.from({ length: 5 }, () => timed(() => JSON.stringify(world)));
report(
  'a snapshot serialised',
  median(snapshots.map(([time]) => time)),
  100,
  `  (${snapshots[0]?.[1].length} characters)`,
);
