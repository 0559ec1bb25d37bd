import { describe, expect, test } from 'vitest';
import { authorSession } from '../../src/course/author-run.ts';
import { checkScenario } from '../../src/course/authoring.ts';
import { readCourse } from '../../src/course/compile.ts';
import type { CompiledScenario, Goal } from '../../src/course/content.ts';
import { startPlayer } from '../../src/course/index.ts';
import { observe, runAs } from '../../src/course/observe.ts';
import type { Session } from '../../src/shell/session.ts';
import { ownCourse, ownFiles } from './own-course.ts';
import { Learner } from './two-readers.ts';

const { lessons, scenarios } = ownCourse;

const byId = (id: string | null) => scenarios.find((scenario) => scenario.id === id);

test('the lessons follow one another from 1 to 15', () => {
  expect(lessons.map(({ order }) => order)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});

test('a challenge that belongs to no lesson mixes all', () => {
  const named = new Set(lessons.map(({ challenge }) => challenge));
  const free = scenarios.filter(({ id, challenge }) => challenge && !named.has(id));
  expect(free.map(({ id }) => id)).toEqual(['capstone']);
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('the lesson %s', (_, lesson) => {
  const guided = byId(lesson.scenario);
  const challenge = byId(lesson.challenge);

  test('takes 10 to 20 minutes, and each page says what of AWS to read next', () => {
    expect(lesson.minutes).toBeGreaterThanOrEqual(10);
    expect(lesson.minutes).toBeLessThanOrEqual(20);
    for (const { title, markdown } of lesson.pages) {
      expect(markdown, title).toMatch(/^Read next: \[.+\]\(https:\/\/docs\.aws\.amazon\.com\/.+\)$/m);
    }
  });

  test('has predictions and tasks, and a quiz of six questions at least', () => {
    const kinds = guided?.steps.map(({ kind }) => kind);
    expect(kinds).toContain('predict');
    expect(kinds).toContain('task');
    expect(guided?.quiz.length).toBeGreaterThanOrEqual(6);
  });

  test('ends with a challenge of goals alone', () => {
    expect(challenge?.challenge).toBe(true);
  });
});

const later = lessons.filter(({ order }) => order >= 6).map((lesson) => [lesson.id, lesson] as const);

test.each(later)(
  '%s fades its help, and its challenge ends with a command for an account of one’s own',
  (_, lesson) => {
    const challenge = byId(lesson.challenge);
    expect(challenge?.hidesWhy).toBe(lesson.order >= 8);
    expect(challenge?.closing).toMatch(/`aws [a-z0-9-]+ (get|list|describe|lookup|simulate|validate)/);
  },
);

test('each step is one idea: sixty words at most', () => {
  const long = scenarios.flatMap(({ id: scenario, steps }) =>
    steps.flatMap((step) =>
      [step.text, step.kind === 'predict' ? step.reveal : '']
        .map((text) => `${scenario}, ${step.id}: ${text.split(/\s+/).filter(Boolean).length}`)
        .filter((counted) => Number(/\d+$/.exec(counted)) > 60),
    ),
  );
  expect(long).toEqual([]);
});

const { scenarios: read } = readCourse(ownFiles);

test.each(read.map((one) => [one.scenario.id, one] as const))(
  '%s is as sound when its world draws other ids',
  (_, { scenario, source }) => {
    const world = { ...scenario.world, seed: `not ${scenario.world.seed}` };
    expect(checkScenario({ scenario: { ...scenario, world }, source }).problems).toEqual([]);
  },
);

const LATE = lessons.filter(({ order }) => order >= 8).map((lesson) => [lesson.id, lesson] as const);

describe.each(LATE)('the challenge of %s', (_, lesson) => {
  const challenge = byId(lesson.challenge);
  const guided = byId(lesson.scenario);
  if (challenge === undefined || guided === undefined) throw new Error('It has none.');

  test('mixes denials of different layers, and its words name none', () => {
    const layers = challenge.steps.flatMap((step, index) =>
      step.kind === 'task' ? layersOf(step.goals, authorSession(challenge, index + 1)) : [],
    );
    expect(new Set(layers).size).toBeGreaterThanOrEqual(2);
    for (const step of challenge.steps) {
      expect(step.text).not.toMatch(/identity polic|service control|resource control|session polic/i);
    }
  });

  test('asks for a service that the lesson does not', () => {
    const known = servicesOf(guided);
    expect([...servicesOf(challenge)].filter((service) => !known.has(service))).not.toEqual([]);
  });
});

/** Every layer that denies one of these goals in a session. */
function layersOf(goals: readonly Goal[], session: Session): readonly string[] {
  return goals.flatMap(({ given, request }) => {
    const ready = given.reduce((before, line) => runAs(before, line)?.session ?? before, session);
    const turn = runAs(ready, request);
    return turn === null ? [] : observe(turn).layers;
  });
}

/** The services that a scenario's lines call. */
function servicesOf({ steps }: CompiledScenario): ReadonlySet<string> {
  const named = JSON.stringify(steps).matchAll(/\baws ([a-z0-9-]+) [a-z]/g);
  return new Set([...named].map(([, service = '']) => (service === 's3api' ? 's3' : service)));
}

test('the capstone begins when the leak has done its work, so that it cannot be passed by coming early', () => {
  const capstone = byId('capstone');
  if (capstone === undefined) throw new Error('There is no capstone.');
  const learner = new Learner(startPlayer(null, capstone));
  expect(learner.goals).toBe(
    'key-gone:unmet ops2-gone:unmet site-shut:unmet wim-no-users:unmet wim-writes:met ops-stays:met',
  );
  learner.type(
    'aws iam delete-access-key --user-name ci-bot --access-key-id AKIAV7NH4JN6RMLMNUL2',
    'wait 10m',
  );
  expect(learner.goals).toMatch(/^key-gone:met ops2-gone:unmet site-shut:unmet wim-no-users:unmet/);
});
