import type { Actor } from '../cloud/actor.ts';
import { advance, send } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { readAnswered } from './answered-line.ts';
import { type AwsLine, awsLine } from './aws/index.ts';
import { curlPlan } from './curl.ts';
import { editPlan } from './edit/edit-plan.ts';
import { machineOf, VARIABLES, withMachine } from './machine.ts';
import type { Ending } from './plan.ts';
import type { Question } from './question.ts';
import type { Attempt, Moment } from './session.ts';
import { type SignedPlan, signedPlan, unsignedPlan } from './signed-plan.ts';
import { SIGNING_HELPER, signingHelperPlan } from './signing-helper.ts';
import { splitWords } from './words.ts';

/** A request, and the world just before it. */
export interface Exchange {
  readonly before: World;
  readonly attempt: Attempt;
}

/** A question that was answered, as the terminal shows both. */
type Said = readonly string[];

/** A line carried out to its ending, or up to a question that it has no answer to. */
export type Conversation =
  | {
      readonly kind: 'ended';
      readonly world: World;
      readonly exchanges: readonly Exchange[];
      readonly said: Said;
      readonly ending: Ending;
    }
  | {
      readonly kind: 'asking';
      readonly said: Said;
      readonly question: Question;
      /** What was answered and is no answer, with why; null when nothing was. */
      readonly refused: { readonly answer: string; readonly problem: string } | null;
    };

/**
 * Carries out an `aws` command, one of `aws_signing_helper`, `edit` of a policy or `curl` of a URL of S3, each
 * request one step of the simulated cloud; null for words that are none. What it asks is answered from `answers`.
 * Variables before it, as in `AWS_PROFILE=dev aws s3 ls`, are for this command alone.
 */
export function converse(
  words: readonly string[],
  moment: Moment,
  actor: Actor,
  answers: readonly string[],
): Conversation | null {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const command = words[first];
  const machine = machineOf(moment, actor);
  const environment = { ...machine.environment, ...variablesIn(words.slice(0, first)) };
  const at = first === 0 ? moment : withMachine(moment, actor, { ...machine, environment });
  const plan = command === undefined ? null : planOf(command, words.slice(first + 1), at, actor);
  if (plan === null) return null;
  const done = carryOut(plan, moment.world, answers);
  if (done.kind === 'asking' || done.ending.machine === undefined) return done;
  const after = { ...done.ending.machine, environment: machine.environment };
  return { ...done, ending: { ...done.ending, machine: after } };
}

function planOf(command: string, rest: readonly string[], at: Moment, actor: Actor): SignedPlan | null {
  switch (command) {
    case 'aws':
      return awsLinePlan(awsLine(rest, at, actor), at, actor);
    case SIGNING_HELPER:
      return signedPlan(signingHelperPlan(rest, at.files), at, actor, null);
    case 'edit': {
      const plan = editPlan(rest, at, actor);
      return plan === null ? null : signedPlan(plan, at, actor, null);
    }
    case 'curl':
      return curlPlan(rest, at, actor);
    default:
      return null;
  }
}

function awsLinePlan(line: AwsLine, at: Moment, actor: Actor): SignedPlan {
  switch (line.kind) {
    case 'signed':
      return line.plan;
    case 'unsigned':
      return unsignedPlan(line.plan, actor);
    case 'to-sign':
      return signedPlan(line.plan, at, actor, line.profile);
  }
}

/** The requests that a line made, or makes, at a moment; none for a line that is not an `aws` command. */
export function exchangesOf(line: string, moment: Moment, actor: Actor): readonly Exchange[] {
  const { command, answers } = readAnswered(line);
  const split = splitWords(command);
  const done = split.kind === 'problem' ? null : converse(split.words, moment, actor, answers);
  return done?.kind === 'ended' ? done.exchanges : [];
}

function carryOut(plan: SignedPlan, start: World, answers: readonly string[]): Conversation {
  const exchanges: Exchange[] = [];
  const said: string[] = [];
  let world = start;
  let step = plan.next();
  while (step.done !== true) {
    const asked = step.value;
    if ('question' in asked) {
      const answer = answers[said.length];
      if (answer === undefined) return { kind: 'asking', said, question: asked, refused: null };
      const problem = asked.problemWith?.(answer) ?? null;
      if (problem !== null) return { kind: 'asking', said, question: asked, refused: { answer, problem } };
      said.push(questionText(asked, answer));
      step = plan.next(answer);
    } else {
      const { actor, request: planned } = asked;
      const { after = 0, ...request } = planned;
      const before = after === 0 ? world : advance(world, after);
      const sent = send(before, actor, request);
      exchanges.push({ before, attempt: { actor, request, answer: sent.answer } });
      world = sent.world;
      step = plan.next(sent.answer);
    }
  }
  return { kind: 'ended', world: step.value.world ?? world, exchanges, said, ending: step.value };
}

/** A question and its answer, as the terminal shows them. */
export function questionText({ before, question, isHidden }: Question, answer: string): string {
  const row = `${question}${isHidden ? '' : answer}`.trimEnd();
  return before === undefined ? row : `${before}\n${row}`;
}

function variablesIn(assignments: readonly string[]): Readonly<Record<string, string>> {
  const pairs = assignments.map(
    (word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const,
  );
  return Object.fromEntries(pairs.filter(([name]) => VARIABLES.includes(name)));
}
