// Prints how fast the rules engine is, as ratios to its targets and to Cedar. Run with `npm run bench engine`. Seconds are
// of processor time, so that other programs on the machine count less.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type AuthorizationInput, authorize, type Decision, isRefusal } from '../../src/iam/index.ts';
import { cedarPolicies, cedarRequest } from './engine-cedar.ts';
import { cold, hostile, layered, many, simple, type Workload } from './engine-workloads.ts';

const WARM_UP_MS = 300;
/** Short rounds in turn, of which the best counts: other programs seldom disturb all of them. */
const ROUND_MS = 20;
const ROUNDS = 60;

/** Milliseconds of processor time that this process has used. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs some calls for a while; answers calls a second. */
type Run = (milliseconds: number) => number;

function over<T>(items: readonly T[], call: (item: T) => void): Run {
  let at = 0;
  return (milliseconds) => {
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
}

/** The best rate of each: they take turns, so that all have met the same disturbances. */
function bestRates(...runs: readonly Run[]): readonly number[] {
  for (const run of runs) run(WARM_UP_MS);
  const best = runs.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, run] of runs.entries()) best[i] = Math.max(best[i] ?? 0, run(ROUND_MS));
  }
  return best;
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

/** Decisions, decisions with their trace, and the same policies and requests decided by Cedar. */
function reportWorkload(workload: Workload, target: number): void {
  const { name, inputs } = workload;
  const traced = over(inputs, (input) => decide(input).trace());
  const [plain = 0, trace = 0, cedar = 0] = bestRates(over(inputs, decide), traced, cedarRun(workload));
  report(name, plain, target);
  report(`${name}, with the trace`, trace, plain / 10);
  report(`${name}, times Cedar (${Math.round(cedar).toLocaleString('en')}/s)`, plain / cedar, 50, 'x');
}

/** Cedar deciding by policies of the same meaning, parsed beforehand. Throws when an outcome differs from ours. */
function cedarRun(workload: Workload): Run {
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
  return over(calls, statefulIsAuthorized);
}

function reportGrowth(): void {
  const runs = [10, 100, 1000].map((count) => over(many(count, 20, false).inputs, decide));
  const [ten = 0, hundred = 0, thousand = 0] = bestRates(...runs);
  report('cost of 100 statements over 20 services, times 10', ten / hundred, 3, '');
  report('cost of 1,000 statements over 20 services, times 10', ten / thousand, 3, '');
  const [conditions = 0] = bestRates(over(many(1000, 1, true).inputs, decide));
  report('1,000 statements and conditions on one service', conditions, 10_000);
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

// The first decision of a process also loads the code.
for (const input of simple().inputs.slice(0, 1)) decide(input);
reportHostile();
reportWorkload(simple(), 1_000_000);
reportWorkload(layered(), 150_000);
reportGrowth();
reportCold();
reportImport();
