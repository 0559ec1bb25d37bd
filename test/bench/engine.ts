// Prints how fast the rules engine is, as ratios to its targets and to Cedar. Run with `npm run bench engine`. Seconds are
// of processor time, so that other programs on the machine count less.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type AuthorizationInput, authorize, type Decision, isRefusal } from '../../src/iam/index.ts';
import { cedarPolicies, cedarRequest } from './engine-cedar.ts';
import { cold, hostile, layered, many, simple, type Workload } from './engine-workloads.ts';

const WARM_UP_MS = 400;
/** Short rounds, of which the best counts: other programs seldom disturb all of them. */
const ROUND_MS = 50;
const ROUNDS = 40;

/** Milliseconds of processor time that this process has used. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Calls a second: the best of a few rounds, after warming up. */
function rateOf<T>(items: readonly T[], call: (item: T) => void): number {
  let at = 0;
  const run = (milliseconds: number) => {
    const started = processorTime();
    let calls = 0;
    while (processorTime() - started < milliseconds) {
      for (let i = 0; i < 64; i++) {
        const item = items[at];
        at = at + 1 === items.length ? 0 : at + 1;
        if (item !== undefined) call(item);
      }
      calls += 64;
    }
    return (calls / (processorTime() - started)) * 1000;
  };
  run(WARM_UP_MS);
  return Math.max(...Array.from({ length: ROUNDS }, () => run(ROUND_MS)));
}

function decide(input: AuthorizationInput): Decision {
  const answer = authorize(input);
  if (isRefusal(answer)) throw new Error(`${answer.error.path}: ${answer.error.message}`);
  return answer;
}

function report(what: string, measured: number, target: number, unit = '/s'): void {
  const ratio = unit === '/s' || unit === 'x' ? measured / target : target / measured;
  console.log(`${what.padEnd(58)} ${format(measured)} ${unit.padEnd(3)} ${ratio.toFixed(2)} of the target`);
}

function format(value: number): string {
  return (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)).padStart(10);
}

function reportDecisions(workload: Workload, target: number): number {
  const plain = rateOf(workload.inputs, decide);
  report(workload.name, plain, target);
  return plain;
}

function reportTrace(workload: Workload, plain: number): void {
  const traced = rateOf(workload.inputs, (input) => decide(input).trace());
  report(`${workload.name}, with the trace`, traced, plain / 10);
}

/** Cedar decides the same requests by policies of the same meaning, parsed beforehand; the outcomes are compared first. */
function reportCedar(workload: Workload, plain: number): void {
  const policies = workload.inputs[0]?.policies ?? {};
  const parsed = preparsePolicySet(workload.name, { staticPolicies: cedarPolicies(policies) });
  if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors));
  const calls = workload.inputs.map((input) => ({
    ...cedarRequest(input.request),
    preparsedPolicySetId: workload.name,
  }));
  for (const [i, call] of calls.slice(0, 500).entries()) {
    const answer = statefulIsAuthorized(call);
    const ours = workload.inputs[i];
    if (answer.type === 'failure' || ours === undefined) throw new Error(JSON.stringify(answer));
    const same = (answer.response.decision === 'allow') === (decide(ours).decision === 'allowed');
    if (!same) throw new Error(`Cedar decides otherwise about ${ours.request.resource}.`);
  }
  const cedar = rateOf(calls, statefulIsAuthorized);
  report(
    `${workload.name}, times Cedar (${Math.round(cedar).toLocaleString('en')}/s)`,
    plain / cedar,
    50,
    'x',
  );
}

function reportGrowth(): void {
  const [ten, hundred, thousand] = [10, 100, 1000].map((count) =>
    rateOf(many(count, 20, false).inputs, decide),
  );
  if (ten === undefined || hundred === undefined || thousand === undefined) return;
  report('cost of 100 statements over 20 services, times 10', ten / hundred, 3, '');
  report('cost of 1,000 statements over 20 services, times 10', ten / thousand, 3, '');
}

/** Sets of documents are made and decided a few at a time, so that memory is not what is measured. */
function reportCold(): void {
  const sets = 100;
  let best = 0;
  for (let round = 0; round < 40; round++) {
    const { inputs } = cold(sets, round);
    const started = processorTime();
    for (const input of inputs) decide(input);
    best = Math.max(best, (sets / (processorTime() - started)) * 1000);
  }
  report('documents never seen before, all layers', best, 2000);
}

function reportHostile(): void {
  for (const wildcard of ['*', '?'] as const) {
    const workload = hostile(wildcard);
    const [input] = workload.inputs;
    if (input === undefined) return;
    const started = processorTime();
    decide(input);
    report(`${workload.name}, the first time`, processorTime() - started, 3, 'ms');
  }
}

/** What importing the built engine adds to the start of node: the least of several starts of each. */
function reportImport(): void {
  const built = 'dist/iam.js';
  if (!existsSync(built)) return;
  const start = (code: string) => {
    const started = performance.now();
    spawnSync(process.execPath, ['--input-type=module', '-e', code]);
    return performance.now() - started;
  };
  let bare = Number.POSITIVE_INFINITY;
  let withEngine = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) {
    bare = Math.min(bare, start('0'));
    withEngine = Math.min(withEngine, start(`import './${built}'`));
  }
  report('importing walkthrough/iam, beyond bare node', withEngine - bare, 15, 'ms');
}

const one = simple();
const all = layered();
reportHostile();
const onePlain = reportDecisions(one, 1_000_000);
const allPlain = reportDecisions(all, 150_000);
reportTrace(one, onePlain);
reportTrace(all, allPlain);
reportGrowth();
reportDecisions({ ...many(1000, 1, true), name: '1,000 statements and conditions on one service' }, 10_000);
reportCold();
reportCedar(one, onePlain);
reportCedar(all, allPlain);
reportImport();
