import type {
  AuthorLine,
  CompiledScenario,
  Expectation,
  Goal,
  Option,
  Question,
  Step,
  TaskStep,
} from './content.ts';
import { EXPECTED_OUTCOMES, type ScenarioFile } from './schema.ts';

type FileStep = ScenarioFile['steps'][number];
type FileTask = Extract<FileStep, { task: string }>;
type FileOption = NonNullable<ScenarioFile['quiz']>[number]['options'][number];
type FileLine = FileTask['solution'][number];

/** A scenario as the player takes it, from what its author wrote: every default said, every step with its kind. */
export function compileScenario(file: ScenarioFile, version: string): CompiledScenario {
  return {
    id: file.id,
    title: file.title,
    minutes: file.minutes,
    summary: file.summary,
    challenge: file.challenge === true,
    hidesWhy: file.hide?.includes('why') === true,
    world: { seed: file.id, ...file.world },
    start: file.start,
    files: file.files ?? {},
    steps: file.steps.map((step) => compileStep(step, file.start)),
    quiz: (file.quiz ?? []).map(compileQuestion),
    closing: file.closing ?? null,
    version,
  };
}

function compileStep(step: FileStep, start: string): Step {
  const requests = step.requests ?? {};
  if ('say' in step) {
    const { say: id, title, text } = step;
    return { kind: 'say', id, title, text, requests, demo: (step.demo ?? []).map(demoLine) };
  }
  if ('predict' in step) {
    const { predict: id, title, text, request, reveal } = step;
    return {
      kind: 'predict',
      id,
      title,
      text,
      requests,
      first: (step.first ?? []).map(demoLine),
      request,
      reveal,
      misconception: step.misconception ?? null,
    };
  }
  if ('task' in step) return compileTask(step, start);
  const { question: id, title, text, options } = step;
  return {
    kind: 'question',
    id,
    title: title ?? 'A question',
    text,
    requests,
    options: options.map(compileOption),
  };
}

function compileTask(step: FileTask, start: string): TaskStep {
  return {
    kind: 'task',
    id: step.task,
    title: step.title,
    text: step.text,
    requests: step.requests ?? {},
    as: step.as ?? start,
    goals: step.goals.map(compileGoal),
    hints: (step.hints ?? []).map(({ when, text }) => ({ when: when ?? null, text })),
    solution: step.solution.map(authorLine),
    alternatives: (step.alternatives ?? []).map(({ name, run }) => ({ name, run: run.map(authorLine) })),
    nearMisses: (step['near-misses'] ?? []).map(({ name, fails, run }) => ({
      name,
      fails,
      run: run.map(authorLine),
    })),
  };
}

function compileGoal({ given, because, expect, ...goal }: FileTask['goals'][number]): Goal {
  return { ...goal, given: given ?? [], because: because ?? [], expect: expectation(expect) };
}

function expectation(text: string): Expectation {
  const named = EXPECTED_OUTCOMES.find((outcome) => outcome === text);
  return named === undefined ? { outcome: 'error', code: text.slice('error/'.length) } : { outcome: named };
}

function compileQuestion({ id, text, options, reread }: NonNullable<ScenarioFile['quiz']>[number]): Question {
  return { id, text, options: options.map(compileOption), reread: reread ?? null };
}

function compileOption({ text, right, misconception, reply }: FileOption): Option {
  return { text, right: right === true, misconception: misconception ?? null, reply };
}

function demoLine({ as, run, note }: { as: string; run: string; note?: string }) {
  return { as, run, note: note ?? null };
}

function authorLine(line: FileLine): AuthorLine {
  return 'write' in line ? { kind: 'file', ...line.write } : { kind: 'line', ...line };
}
