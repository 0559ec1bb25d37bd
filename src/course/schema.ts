import { z } from 'zod';
import { CLAIMED_LAYERS, layerAdvice } from './layer-names.ts';
import { content, format, id, line, minutes, name, prose, short, strict, url } from './schema-parts.ts';
import { worldSchema } from './world-schema.ts';

/**
 * What authors write: the front matter of a lesson, and a scenario. Strict, so that a misspelt field is an
 * error with the nearest name. The published JSON Schemas come from here as well.
 */

/** Most characters in a file. */
export const LARGEST_FILE = 1_000_000;

const request = strict({ as: name, run: line });
const requests = z.exactOptional(z.record(id, request));
const demoLine = strict({ as: name, run: line, note: z.exactOptional(prose) });
const demoLines = z.exactOptional(z.array(demoLine).max(20));
/** A file of the learner's workspace. */
const fileName = z
  .string()
  .regex(
    /^[\w.-]{1,100}$/,
    'A file name here has no folder.\nLetters, digits, dots and hyphens, such as read.json.',
  );
const authorLine = z.union([request, strict({ write: strict({ name: fileName, content }) })]);
const authorLines = z.array(authorLine).min(1, 'At least one line.').max(60);

const layer = z.enum(CLAIMED_LAYERS, { error: ({ input }) => layerAdvice(String(input)) });
/** What a goal may expect in a word, beside `error/<Code>`. */
export const EXPECTED_OUTCOMES = ['allowed', 'denied', 'not-sent', 'rejected'] as const;

const expectation = z.string().regex(/^(allowed|denied|not-sent|rejected|error\/[A-Za-z0-9.]+)$/, {
  error: ({ input }) => {
    const meant = EXPECTED_OUTCOMES.find((one) => one.slice(0, 3) === String(input).slice(0, 3));
    const advice = meant === undefined ? '' : `\nDid you mean \`${meant}\`?`;
    return `One of ${EXPECTED_OUTCOMES.join(', ')}, error/<Code>.${advice}`;
  },
});

const option = strict({
  text: short,
  right: z.exactOptional(
    z.literal(true, '`right: true` marks the right option; leave it out on the others.'),
  ),
  misconception: z.exactOptional(id),
  reply: prose,
});
const options = z.array(option).min(2, 'At least two options.').max(6, 'Six options at most.');

const goal = strict({
  id,
  text: short,
  given: z.exactOptional(z.array(request).max(20)),
  request,
  expect: expectation,
  because: z.exactOptional(z.array(layer).min(1)),
  reply: prose,
});

const say = strict({ say: id, title: short, text: prose, requests, demo: demoLines });
const predict = strict({
  predict: id,
  title: short,
  text: prose,
  requests,
  first: demoLines,
  request,
  reveal: prose,
  misconception: z.exactOptional(id),
});
const task = strict({
  task: id,
  title: short,
  text: prose,
  requests,
  as: z.exactOptional(name),
  goals: z.array(goal).min(1, 'A task has at least one goal.').max(40),
  hints: z.exactOptional(z.array(strict({ when: z.exactOptional(id), text: prose })).max(12)),
  solution: authorLines,
  alternatives: z.exactOptional(z.array(strict({ name: short, run: authorLines })).max(20)),
  'near-misses': z.exactOptional(z.array(strict({ name: short, fails: id, run: authorLines })).max(20)),
});
const question = strict({ question: id, title: z.exactOptional(short), text: prose, requests, options });

/** The key of a step that names its kind. */
export const STEP_KINDS = ['say', 'predict', 'task', 'question'] as const;

/** A scenario file. */
export const scenarioSchema = strict({
  format,
  id,
  title: short,
  minutes,
  summary: prose,
  challenge: z.exactOptional(
    z.literal(true, '`challenge: true` marks a challenge; leave it out of a guided scenario.'),
  ),
  hide: z.exactOptional(z.array(z.enum(['why'], 'Only why can be hidden.')).max(1)),
  world: worldSchema,
  start: name,
  files: z.exactOptional(z.record(fileName, content)),
  steps: z
    .array(z.union([say, predict, task, question]))
    .min(1, 'At least one step.')
    .max(60, 'Sixty steps at most.'),
  closing: z.exactOptional(prose),
  quiz: z.exactOptional(z.array(strict({ id, text: prose, options, reread: z.exactOptional(id) })).max(30)),
});

/** A file with nothing but a world, which scenarios of its folder extend. */
export const worldFileSchema = strict({ format, world: z.record(z.string(), z.unknown()) });

/** The front matter of a lesson. */
export const lessonSchema = strict({
  format,
  id,
  title: short,
  order: z.int('A whole number.').min(1).max(999),
  minutes,
  summary: prose,
  scenario: id,
  challenge: z.exactOptional(id),
  'read-next': z.exactOptional(url),
});

/** A scenario file as its author wrote it, once it is known to be well formed. */
export type ScenarioFile = z.infer<typeof scenarioSchema>;
/** A lesson's front matter as its author wrote it. */
export type LessonFile = z.infer<typeof lessonSchema>;

/** JSON Schema of a scenario, for the completion of editors. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // A world that extends another leaves to it what it does not say.
      if (zodSchema !== worldSchema) return;
      delete jsonSchema.required;
      jsonSchema.properties = {
        extends: { type: 'string', description: 'A file of the same folder, such as company.yaml.' },
        ...jsonSchema.properties,
      };
    },
  });
}

/** JSON Schema of a lesson's front matter, for the completion of editors. */
export function lessonJsonSchema(): object {
  return z.toJSONSchema(lessonSchema, { io: 'input' });
}
