import {
  type AccessMap,
  accessMap,
  diffMaps,
  isNoticed,
  requestAt,
  updateMap,
} from '../../cloud/access-map/index.ts';
import { openSession } from '../../shell/index.ts';
import type { Session } from '../../shell/session.ts';
import { doInSession, doStep } from '../author-run.ts';
import { type ContentFile, readCourse } from '../compile.ts';
import type { Goal, TaskStep } from '../content.ts';
import { evaluateGoal } from '../evaluate.ts';
import { inOrder, locate, type ReadScenario } from '../load.ts';
import { universeFor } from '../map-universe.ts';
import type { PathProblem } from '../path-problem.ts';
import { startMoment } from '../player-context.ts';
import type { ContentPath, ContentProblem } from '../problem.ts';
import { requestText } from '../request-text.ts';
import { type Mutation, mutatePolicy } from './mutate-policy.ts';
import { placeIn, policiesOf, type SolutionPolicy } from './solution-policies.ts';

/** What became of the mutants of some solutions. */
export interface MutantReport {
  /** The survivors: mutants that meet every goal though they allow or deny something else. */
  readonly problems: readonly ContentProblem[];
  readonly counts: MutantCounts;
}

export interface MutantCounts {
  readonly mutants: number;
  /** Those that fail a goal. */
  readonly caught: number;
  /** Those with the same access map as the solution. */
  readonly equivalent: number;
}

const NONE: MutantCounts = { mutants: 0, caught: 0, equivalent: 0 };

/** Tries the mutants of every solution of these files. Files that cannot be read have none. */
export function checkMutants(files: readonly ContentFile[]): MutantReport {
  return readCourse(files)
    .scenarios.map(mutantsOf)
    .reduce(
      (sum, { problems, counts }) => ({
        problems: [...sum.problems, ...problems],
        counts: added(sum.counts, counts),
      }),
      { problems: [], counts: NONE },
    );
}

/** Tries the mutants of a scenario's solutions, each task from the world in which its author's run comes to it. */
export function mutantsOf({ scenario, source }: ReadScenario): MutantReport {
  const problems: ContentProblem[] = [];
  let counts = NONE;
  let session = openSession(startMoment(scenario));
  for (const [index, step] of scenario.steps.entries()) {
    if (step.kind === 'task') {
      const tried = tryMutants(session, step, scenario.files, ['steps', index]);
      problems.push(...tried.problems.map((problem) => locate(source, problem)));
      counts = added(counts, tried.counts);
    }
    session = doStep(session, step);
  }
  return { problems: inOrder(problems).problems, counts };
}

function tryMutants(
  start: Session,
  task: TaskStep,
  files: Readonly<Record<string, string>>,
  path: ContentPath,
): { readonly problems: readonly PathProblem[]; readonly counts: MutantCounts } {
  const problems: PathProblem[] = [];
  let counts = NONE;
  const solved = doInSession(start, task.solution).now.world;
  // Most solutions have no mutant that needs a map.
  let map: AccessMap | null = null;
  for (const policy of policiesOf(task, files, path)) {
    for (const mutation of mutatePolicy(policy.document)) {
      const after = doInSession(start, policy.solutionWith(mutation.document));
      if (!meetsAll(after, task.goals)) {
        counts = added(counts, { mutants: 1, caught: 1, equivalent: 0 });
        continue;
      }
      map ??= accessMap(solved, universeFor(solved, start.now.world));
      const difference = differenceText(map, updateMap(map, after.now.world));
      counts = added(counts, { mutants: 1, caught: 0, equivalent: difference === null ? 1 : 0 });
      if (difference !== null) problems.push(survivor(policy, mutation, difference));
    }
  }
  return { problems, counts };
}

function meetsAll(session: Session, goals: readonly Goal[]): boolean {
  return goals.every((goal) => evaluateGoal(session, goal).state === 'met');
}

/** What a mutant allows or denies that the solution does not, in a sentence; null when their maps are the same. */
function differenceText(solution: AccessMap, mutant: AccessMap): string | null {
  const { opened, closed } = diffMaps(solution, mutant);
  const told = (places: readonly number[]): string | undefined =>
    places
      .map((place) => requestAt(solution.universe, place))
      .filter(isNoticed)
      .map(requestText)[0];
  const more = told(opened);
  if (more !== undefined) return `It allows what the solution does not: ${more}.`;
  const less = told(closed);
  return less === undefined ? null : `It denies what the solution allows: ${less}.`;
}

function survivor(policy: SolutionPolicy, mutation: Mutation, difference: string): PathProblem {
  return {
    ...placeIn(policy, mutation.path),
    what: `No goal notices when ${mutation.what}.`,
    mend: `${difference}\nAdd a goal for it, or leave out what the policy does not need.`,
  };
}

function added(a: MutantCounts, b: MutantCounts): MutantCounts {
  return {
    mutants: a.mutants + b.mutants,
    caught: a.caught + b.caught,
    equivalent: a.equivalent + b.equivalent,
  };
}
