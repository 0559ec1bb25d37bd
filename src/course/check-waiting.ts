import { openSession } from '../shell/index.ts';
import { doInSession, doStep } from './author-run.ts';
import type { CompiledScenario } from './content.ts';
import { evaluateGoals } from './evaluate.ts';
import type { PathProblem } from './path-problem.ts';
import { startMoment } from './player-context.ts';

/** Longer than any temporary credentials but a user's own are good for. */
const WAIT = '24h';

/**
 * Tasks that their solution does not pass for somebody who has waited a day at every step until there. Learners wait
 * for as long as they like, and cannot take back what they did before a step.
 */
export function waitingProblems(scenario: CompiledScenario): readonly PathProblem[] {
  const problems: PathProblem[] = [];
  let session = openSession(startMoment(scenario));
  for (const [index, step] of scenario.steps.entries()) {
    session = doInSession(session, [{ kind: 'line', as: scenario.start, run: `wait ${WAIT}` }]);
    session = doStep(session, step);
    if (step.kind !== 'task') continue;
    // Whatever the scenario hides from its learners, its author is told why.
    const missed = evaluateGoals(session, step.goals, false).filter(({ state }) => state !== 'met');
    const [first] = missed;
    if (first === undefined) continue;
    const goals = missed.map(({ id }) => `\`${id}\``).join(', ');
    problems.push({
      path: ['steps', index, 'solution'],
      what: `After a wait of ${WAIT} at each step, the solution does not meet ${goals}.`,
      mend: `${first.feedback ?? ''}\n${MEND}`.trim(),
    });
  }
  return problems;
}

const MEND = `A session ends with time: let a goal begin its own, in \`given\`. For the present, write \`\${now}\`.`;
