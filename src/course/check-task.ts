import { writeFile } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import { splitCommands } from './commands.ts';
import type { AuthorLine, TaskStep } from './content.ts';
import { evaluateGoal, evaluateGoals } from './evaluate.ts';
import { runAs } from './observe.ts';
import { nobodyThere, type PathProblem } from './path-problem.ts';
import type { PlayerSnapshot } from './player.ts';
import { stepOf } from './player-context.ts';
import type { ContentPath } from './problem.ts';
import type { GoalView } from './view.ts';

const FEWEST_HINTS = 3;

/** Proves one task, from the snapshot in which a learner comes to it, and the one its solution has led to. */
export function checkTask(
  start: PlayerSnapshot,
  solved: PlayerSnapshot,
  task: TaskStep,
  path: ContentPath,
): readonly PathProblem[] {
  const { challenge } = start.context.scenario;
  return [
    ...startProblems(start.context.goals, path),
    ...requestProblems(start.context.session, task, path),
    ...solves(start, solved, task, [...path, 'solution']),
    ...task.alternatives.flatMap(({ name, run }, at) =>
      passes(start, run, [...path, 'alternatives', at, 'run'], `The alternative "${name}"`),
    ),
    ...task.nearMisses.flatMap((_, at) => nearMissProblems(start, task, at, path)),
    ...(challenge ? noGuidance(task, path) : hintProblems(task, path)),
  ];
}

function startProblems(goals: readonly GoalView[], path: ContentPath): readonly PathProblem[] {
  if (goals.some(({ state }) => state !== 'met')) return [];
  const mend = 'A learner who does nothing passes. Add a goal that the start does not meet.';
  return [{ path: [...path, 'goals'], what: 'Every goal holds before the task begins.', mend }];
}

/** A goal whose request is none could never be met, or never fail. */
function requestProblems(session: Session, { goals }: TaskStep, path: ContentPath): readonly PathProblem[] {
  return goals.flatMap(({ given, request }, at) => {
    const prepared = given.reduce((before, line) => runAs(before, line)?.session ?? before, session);
    const turn = runAs(prepared, request);
    if (turn === null || turn.attempts.length > 0) return [];
    const here: ContentPath = [...path, 'goals', at, 'request', 'run'];
    return [{ path: here, what: 'This line sends no request.', mend: turn.output.trim() }];
  });
}

/** The solution was played like a learner's: once the task is behind the player, only its lines are left to look at. */
function solves(start: PlayerSnapshot, solved: PlayerSnapshot, task: TaskStep, path: ContentPath) {
  return stepOf(solved.context) === task
    ? passes(start, task.solution, path, 'The solution')
    : doAsWritten(start.context.session, task.solution, path).problems;
}

function passes(
  start: PlayerSnapshot,
  lines: readonly AuthorLine[],
  path: ContentPath,
  what: string,
): readonly PathProblem[] {
  const { session, problems } = doAsWritten(start.context.session, lines, path);
  if (problems.length > 0) return problems;
  const missed = goalsIn(start, session).filter(({ state }) => state !== 'met');
  const [first] = missed;
  if (first === undefined) return [];
  const goals = missed.map(({ id }) => `\`${id}\``).join(', ');
  return [{ path, what: `${what} does not meet ${goals}.`, mend: first.feedback ?? '' }];
}

function nearMissProblems(
  start: PlayerSnapshot,
  task: TaskStep,
  at: number,
  path: ContentPath,
): readonly PathProblem[] {
  const nearMiss = task.nearMisses[at];
  const goal = task.goals.find(({ id }) => id === nearMiss?.fails);
  if (nearMiss === undefined || goal === undefined) return [];
  const here: ContentPath = [...path, 'near-misses', at];
  const { session, problems } = doAsWritten(start.context.session, nearMiss.run, [...here, 'run']);
  const named = evaluateGoal(session, goal);
  // What a line that does nothing leads to says nothing of the goals.
  if (named.state === 'unmet' || problems.length > 0) return problems;
  const failed = goalsIn(start, session).filter(({ state }) => state === 'unmet');
  const instead =
    failed.length === 0
      ? 'It passes every goal that could be tried.'
      : `It fails ${failed.map(({ id }) => `\`${id}\``).join(', ')}.`;
  const what =
    named.state === 'met'
      ? `The near miss "${nearMiss.name}" passes the goal \`${nearMiss.fails}\`, which it should fail.`
      : `The goal \`${nearMiss.fails}\` cannot be tried after the near miss "${nearMiss.name}".`;
  return [{ path: [...here, 'fails'], what, mend: named.feedback?.trim() ?? instead }];
}

function goalsIn({ context }: PlayerSnapshot, session: Session): readonly GoalView[] {
  const step = stepOf(context);
  // Whatever the scenario hides from its learners, its author is told why.
  return step?.kind === 'task' ? evaluateGoals(session, step.goals, false) : [];
}

/** What comes of an author's lines, and those that do not do what they were written for. */
function doAsWritten(
  start: Session,
  lines: readonly AuthorLine[],
  path: ContentPath,
): { readonly session: Session; readonly problems: readonly PathProblem[] } {
  const problems: PathProblem[] = [];
  let session = start;
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'line') {
      for (const run of splitCommands(line.run)) {
        const turn = runAs(session, { as: line.as, run });
        const at: ContentPath = [...path, index, 'run'];
        if (turn === null) {
          problems.push(nobodyThere(at, line.as));
        } else if (turn.exit !== 0) {
          const isAnew = path.at(-1) === 'run';
          const advice = turn.output.includes('No such file') ? `\n${isAnew ? ANEW : WRITE}` : '';
          const mend = `${turn.output.trim()}${advice}`;
          problems.push({ path: at, what: 'This line does not do its work.', mend });
        }
        session = turn?.session ?? session;
      }
    } else {
      session = writeFile(session, line.name, line.content);
    }
  }
  return { session, problems };
}

const WRITE = 'Write it in a line before: `- write: {name: …, content: …}`, or put it under `files`.';

const ANEW =
  'Each alternative and near miss begins where the task begins: write the file again, before this line.';

/** In a challenge the learner finds the way. */
function noGuidance({ hints }: TaskStep, path: ContentPath): readonly PathProblem[] {
  if (hints.length === 0) return [];
  return [{ path: [...path, 'hints'], what: 'A challenge gives no hints.', mend: 'Delete them.' }];
}

function hintProblems({ hints, solution }: TaskStep, path: ContentPath): readonly PathProblem[] {
  const few: readonly PathProblem[] =
    hints.length >= FEWEST_HINTS
      ? []
      : [
          {
            path: [...path, 'hints'],
            what: `A task has at least ${FEWEST_HINTS} hints, this one has ${hints.length}.`,
            mend: 'From a nudge, to the concept, to a part, to the solution.',
          },
        ];
  const lines = solution.flatMap((line) => (line.kind === 'line' ? splitCommands(line.run).map(plain) : []));
  return [
    ...few,
    ...hints.slice(0, -1).flatMap(({ text }, at) =>
      lines.some((line) => plain(text).includes(line))
        ? [
            {
              path: [...path, 'hints', at, 'text'],
              what: 'This hint gives a whole line of the solution away.',
              mend: 'Only the last hint may.',
            },
          ]
        : [],
    ),
  ];
}

function plain(text: string): string {
  return text.replaceAll(/[\s`'"\\]+/g, ' ').trim();
}
