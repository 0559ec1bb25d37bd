import { actorNames, findActor } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { claimProblems } from './claim-references.ts';
import { splitCommands } from './commands.ts';
import type { AuthorLine, CompiledScenario, Option, Step, TaskStep } from './content.ts';
import { type PathProblem, unknownName } from './path-problem.ts';
import type { ContentPath } from './problem.ts';
import type { RequestLine } from './view.ts';

/** A line that somebody runs, and where it stands in the file. */
export interface LineAt {
  readonly path: ContentPath;
  readonly line: RequestLine;
}

/** Everything a scenario names that is not there, and every id that is there twice. */
export function referenceProblems(scenario: CompiledScenario, world: World): readonly PathProblem[] {
  return [
    ...uniqueIds(scenario),
    ...actorProblems(scenario, world),
    ...scenario.steps.flatMap((step, index) => stepProblems(step, ['steps', index])),
    ...scenario.quiz.flatMap(({ reread, options }, index) => [
      ...unknownName(
        reread,
        scenario.steps.map(({ id }) => id),
        'step',
        ['quiz', index, 'reread'],
      ),
      ...optionProblems(options, ['quiz', index]),
    ]),
    ...fileProblems(scenario),
  ];
}

/** Every line of a scenario that somebody runs. */
export function linesOf(scenario: CompiledScenario): readonly LineAt[] {
  return scenario.steps.flatMap((step, index) => stepLines(step, ['steps', index]));
}

function stepLines(step: Step, path: ContentPath): readonly LineAt[] {
  const extra = Object.entries(step.requests).map(([id, line]) => ({
    path: [...path, 'requests', id],
    line,
  }));
  const list = (field: string, lines: readonly RequestLine[]) =>
    lines.map((line, at) => ({ path: [...path, field, at], line }));
  switch (step.kind) {
    case 'say':
      return [...extra, ...list('demo', step.demo)];
    case 'predict':
      return [...extra, ...list('first', step.first), { path: [...path, 'request'], line: step.request }];
    case 'question':
      return extra;
    case 'task':
      return [...extra, ...goalLines(step, path), ...authorLines(step, path)];
  }
}

function goalLines({ goals }: TaskStep, path: ContentPath) {
  return goals.flatMap(({ given, request }, at) => [
    ...given.map((line, index) => ({ path: [...path, 'goals', at, 'given', index], line })),
    { path: [...path, 'goals', at, 'request'], line: request },
  ]);
}

function authorLines({ solution, alternatives, nearMisses }: TaskStep, path: ContentPath) {
  const list = (lines: readonly AuthorLine[], at: ContentPath) =>
    lines.flatMap((line, index) => (line.kind === 'line' ? [{ path: [...path, ...at, index], line }] : []));
  return [
    ...list(solution, ['solution']),
    ...alternatives.flatMap(({ run }, index) => list(run, ['alternatives', index, 'run'])),
    ...nearMisses.flatMap(({ run }, index) => list(run, ['near-misses', index, 'run'])),
  ];
}

function uniqueIds({ steps, quiz }: CompiledScenario): readonly PathProblem[] {
  const ids: { readonly id: string; readonly path: ContentPath }[] = [
    ...steps.map(({ id, kind }, index) => ({ id, path: ['steps', index, kind] })),
    ...quiz.map(({ id }, index) => ({ id, path: ['quiz', index, 'id'] })),
  ];
  const goals = steps.map((step, index) =>
    step.kind === 'task'
      ? step.goals.map(({ id }, at) => ({ id, path: ['steps', index, 'goals', at, 'id'] }))
      : [],
  );
  return [ids, ...goals].flatMap(twice);
}

function twice(ids: readonly { readonly id: string; readonly path: ContentPath }[]): readonly PathProblem[] {
  const seen = new Set<string>();
  return ids.flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        path,
        what: `The id \`${id}\` is there twice.`,
        mend: 'Progress is kept by ids: give this one another.',
      },
    ];
  });
}

const CREATES_USER = /create-user\b[^\n]*?--user-name[ =]['"]?([\w+=,.@-]+)/g;

function actorProblems(scenario: CompiledScenario, world: World): readonly PathProblem[] {
  const lines = linesOf(scenario);
  const later = new Set<unknown>([
    ...lines.flatMap(({ line }) => [...line.run.matchAll(CREATES_USER)].map((match) => match[1])),
    ...(scenario.world.codeHost?.attacker?.does ?? [])
      .filter(({ operation }) => operation === 'iam:CreateUser')
      .map(({ input }) => input?.UserName),
  ]);
  const unknown = (name: string): boolean =>
    findActor(world, name) === undefined &&
    !later.has(name) &&
    (!mayBeSession(world, name) || roleNamed(world, name) !== null);
  const named: { readonly name: string; readonly path: ContentPath }[] = [
    ...lines.map(({ path, line }) => ({ name: line.as, path: [...path, 'as'] })),
    ...scenario.steps.flatMap((step, index) =>
      step.kind === 'task' && step.as !== scenario.start
        ? [{ name: step.as, path: ['steps', index, 'as'] }]
        : [],
    ),
  ];
  const start =
    findActor(world, scenario.start) === undefined
      ? unknownName(scenario.start, actorNames(world), 'actor', ['start'])
      : [];
  return [...start, ...named.flatMap(({ name, path }) => (unknown(name) ? noActor(name, world, path) : []))];
}

function noActor(name: string, world: World, path: ContentPath): readonly PathProblem[] {
  const role = roleNamed(world, name);
  if (role === null) return unknownName(name, actorNames(world), 'actor', path);
  const mend = `Nobody is a role: somebody takes it. Run \`aws sts assume-role … --role-session-name dan\` before (in \`given\`, for a goal), then write \`as: ${role}/dan\`.`;
  return [{ path, what: `\`${role}\` is a role.`, mend }];
}

/** The role that `courier` or `role/courier` is; null when there is none. */
function roleNamed(world: World, name: string): string | null {
  const role = name.replace(/^role\//, '');
  return Object.values(world.accounts).some(({ roles }) => Object.hasOwn(roles, role)) ? role : null;
}

/**
 * `Deploy/ci`, the session of a role that a line has yet to assume, or what the portal has yet to offer. Whether it is
 * there when it is needed comes out when the scenario is played.
 */
function mayBeSession(world: World, name: string): boolean {
  const [holder, session] = name.split('/');
  return session !== undefined && findActor(world, holder ?? '')?.kind !== 'instance';
}

function stepProblems(step: Step, path: ContentPath): readonly PathProblem[] {
  const single = (line: RequestLine, at: ContentPath): readonly PathProblem[] =>
    splitCommands(line.run).length === 1
      ? []
      : [
          {
            path: [...at, 'run'],
            what: 'A request is one command.',
            mend: 'Put what comes before it elsewhere.',
          },
        ];
  const claims = claimProblems(step, path);
  switch (step.kind) {
    case 'say':
      return claims;
    case 'predict':
      return [...claims, ...single(step.request, [...path, 'request'])];
    case 'question':
      return [...claims, ...optionProblems(step.options, path)];
    case 'task': {
      const ids = step.goals.map(({ id }) => id);
      return [
        ...claims,
        ...step.goals.flatMap((goal, at) => [
          ...single(goal.request, [...path, 'goals', at, 'request']),
          ...becauseProblems(goal.expect.outcome, goal.because.length, [...path, 'goals', at, 'because']),
        ]),
        ...step.hints.flatMap(({ when }, at) =>
          unknownName(when, ids, 'goal', [...path, 'hints', at, 'when']),
        ),
        ...step.nearMisses.flatMap(({ fails }, at) =>
          unknownName(fails, ids, 'goal', [...path, 'near-misses', at, 'fails']),
        ),
      ];
    }
  }
}

function becauseProblems(outcome: string, layers: number, path: ContentPath): readonly PathProblem[] {
  if (outcome === 'denied' || layers === 0) return [];
  return [
    {
      path,
      what: `\`because\` names layers that deny, and \`${outcome}\` is expected.`,
      mend: 'Leave it out.',
    },
  ];
}

function optionProblems(options: readonly Option[], path: ContentPath): readonly PathProblem[] {
  const right = options.filter((option) => option.right).length;
  const at = [...path, 'options'];
  if (right === 1) return [];
  const what = right === 0 ? 'No option is right.' : `${right} options are right.`;
  return [{ path: at, what, mend: 'Mark exactly one with `right: true`.' }];
}

function fileProblems(scenario: CompiledScenario): readonly PathProblem[] {
  const written = scenario.steps.flatMap((step, index) => {
    if (step.kind !== 'task') return [];
    const list = (lines: readonly AuthorLine[], at: ContentPath) =>
      lines.flatMap((line, number) =>
        line.kind === 'file'
          ? [
              {
                name: line.name,
                content: line.content,
                path: ['steps', index, ...at, number, 'write', 'content'],
              },
            ]
          : [],
      );
    return [
      ...list(step.solution, ['solution']),
      ...step.alternatives.flatMap(({ run }, at) => list(run, ['alternatives', at, 'run'])),
      ...step.nearMisses.flatMap(({ run }, at) => list(run, ['near-misses', at, 'run'])),
    ];
  });
  const given = Object.entries(scenario.files).map(([name, content]) => ({
    name,
    content,
    path: ['files', name],
  }));
  return [...given, ...written].flatMap(({ name, content, path }) =>
    name.endsWith('.json') && !isJson(content)
      ? [
          {
            path: [...path, ''],
            what: `The file \`${name}\` is not JSON.`,
            mend: 'Look for a missing or extra comma or bracket.',
          },
        ]
      : [],
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
