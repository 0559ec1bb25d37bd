import { readFile } from 'node:fs/promises';
import { type Answer, actorName } from '../cloud/index.ts';
import { type CompiledScenario, emptyMoment, startMoment } from '../course/index.ts';
import { layerName } from '../iam/index.ts';
import {
  fingerprint,
  openSession,
  playEntry,
  printable,
  printableJson,
  readAnswered,
  readLogFile,
  type Turn,
} from '../shell/index.ts';
import type { LogEntry, Moment } from '../shell/session.ts';
import { messageOf } from './file-error.ts';
import { readLibrary } from './library.ts';

/** The log was played and led elsewhere than when it was saved. */
const ELSEWHERE = 1;
/** The log cannot be played: it is broken, or begins in a world we do not have. */
const UNPLAYABLE = 2;

/** What came of one entry of a log. */
interface Outcome {
  /** Number of the entry, from 1. */
  readonly entry: number;
  /** Who typed the line, and the line; null for a file that was written. */
  readonly as: string | null;
  readonly line: string | null;
  /** The file that was written; null for a line. */
  readonly file: string | null;
  readonly exit: number;
  readonly output: string;
  readonly requests: readonly RequestOutcome[];
}

interface RequestOutcome {
  readonly operation: string;
  readonly outcome: Answer['kind'];
  /** AWS's error code; null when there was no error. */
  readonly code: string | null;
  /** The layer that decided a denial; null otherwise. */
  readonly deniedBy: string | null;
}

/**
 * Plays a log file without a screen, from the start of the scenario it was saved in, and prints what came of each
 * entry: one JSON object a line, or with `text` a transcript. `scenario` names one by id or file; without, the
 * program's own are searched. Gives the exit code: 0 when it led where it did before, 1 when elsewhere, 2 when
 * it cannot be played.
 */
export async function replay(
  path: string,
  {
    dist,
    text: asText,
    scenario,
  }: { readonly dist: URL; readonly text: boolean; readonly scenario: string | null },
): Promise<number> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return unplayable(`${path} cannot be read: ${messageOf(error)}`);
  }
  const read = readLogFile(text);
  if (read.kind === 'problem') return unplayable(`${path} cannot be played. ${read.message}`);
  const { log } = read;
  const found = await startFor(log.start, scenario, dist);
  if ('problem' in found) return unplayable(`${path} cannot be played. ${found.problem}`);

  let session = openSession(found.start);
  for (const [index, entry] of log.entries.entries()) {
    const turn = playEntry(session, entry);
    const outcome = outcomeOf(index + 1, entry, session.now, turn);
    console.log(asText ? transcript(outcome) : printableJson(outcome));
    session = turn.session;
  }
  if (fingerprint(session.now) === log.end) return 0;
  console.error(
    `${path} led elsewhere than when it was saved: it was edited, or the program has changed since.`,
  );
  return ELSEWHERE;
}

/** The moment a log begins with; or why it is not known here. */
async function startFor(
  start: string,
  scenario: string | null,
  dist: URL,
): Promise<{ readonly start: Moment } | { readonly problem: string }> {
  if (scenario !== null) {
    const named = await scenarioNamed(scenario, dist);
    if ('problem' in named) return named;
    const moment = startMoment(named.scenario);
    return fingerprint(moment) === start
      ? { start: moment }
      : {
          problem: `It begins otherwise than ${scenario} does: it was saved in another scenario, or in another version of this one.`,
        };
  }
  const empty = emptyMoment();
  if (fingerprint(empty) === start) return { start: empty };
  for (const lesson of await readLibrary(dist)) {
    const moment = startMoment((await lesson.load()).scenario);
    if (fingerprint(moment) === start) return { start: moment };
  }
  return {
    problem:
      'No scenario that comes with the program begins as it does. Saved in a file of your own? Add --scenario <file>.',
  };
}

async function scenarioNamed(
  name: string,
  dist: URL,
): Promise<{ readonly scenario: CompiledScenario } | { readonly problem: string }> {
  for (const lesson of await readLibrary(dist)) {
    const { scenario } = await lesson.load();
    if (name === lesson.id || name === scenario.id) return { scenario };
  }
  const { problemsText, readPlayable } = await import('./content-files.ts');
  const read = await readPlayable(name);
  return 'problems' in read ? { problem: problemsText(read.problems) } : { scenario: read.scenario };
}

function outcomeOf(number: number, entry: LogEntry, before: Moment, turn: Turn): Outcome {
  const shared = { entry: number, exit: turn.exit, output: turn.output };
  if (entry.kind === 'file') return { ...shared, as: null, line: null, file: entry.name, requests: [] };
  return {
    ...shared,
    as: actorName(before.world, entry.actor),
    line: entry.line,
    file: null,
    requests: turn.attempts.map(({ request, answer }) => ({
      operation: request.operation,
      outcome: answer.kind,
      code: 'error' in answer ? answer.error.code : null,
      deniedBy: deniedBy(answer),
    })),
  };
}

function deniedBy(answer: Answer): string | null {
  if (answer.kind !== 'denied') return null;
  const denial = answer.checks.find(({ decision }) => decision !== 'allowed');
  return denial === undefined ? null : layerName(denial.decidedBy);
}

function transcript({ as, line, file, output }: Outcome): string {
  const head = line === null ? `(wrote ${file})` : `${as}$ ${readAnswered(line).command}`;
  return printable(output === '' ? head : `${head}\n${output}`);
}

function unplayable(message: string): number {
  console.error(printable(message));
  return UNPLAYABLE;
}
