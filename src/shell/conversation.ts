import type { Actor } from '../cloud/actor.ts';
import { send } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { awsLine } from './aws/index.ts';
import { curlPlan } from './curl.ts';
import { editPlan } from './edit/edit-plan.ts';
import { machineOf, VARIABLES, withMachine } from './machine.ts';
import type { Ending } from './plan.ts';
import type { Attempt, Moment } from './session.ts';
import { type SignedPlan, signedPlan } from './signed-plan.ts';
import { SIGNING_HELPER, signingHelperPlan } from './signing-helper.ts';
import { splitWords } from './words.ts';

/** A request, and the world just before it. */
export interface Exchange {
  readonly before: World;
  readonly attempt: Attempt;
}

/** A line carried out from its first request to its ending. */
export interface Conversation {
  readonly world: World;
  readonly exchanges: readonly Exchange[];
  readonly ending: Ending;
}

/**
 * Carries out an `aws` command, one of `aws_signing_helper`, `edit` of a policy or `curl` of a presigned URL, each
 * request one step of the simulated cloud; null for words that are none.
 * Variables before it, as in `AWS_PROFILE=dev aws s3 ls`, are for this command alone.
 */
export function converse(words: readonly string[], moment: Moment, actor: Actor): Conversation | null {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const command = words[first];
  const machine = machineOf(moment, actor);
  const environment = { ...machine.environment, ...variablesIn(words.slice(0, first)) };
  const at = first === 0 ? moment : withMachine(moment, actor, { ...machine, environment });
  const plan = command === undefined ? null : planOf(command, words.slice(first + 1), at, actor);
  if (plan === null) return null;
  const { ending, ...done } = carryOut(plan, moment.world);
  return ending.machine === undefined
    ? { ...done, ending }
    : { ...done, ending: { ...ending, machine: { ...ending.machine, environment: machine.environment } } };
}

function planOf(command: string, rest: readonly string[], at: Moment, actor: Actor): SignedPlan | null {
  switch (command) {
    case 'aws': {
      const { plan, profile } = awsLine(rest, at, actor);
      return signedPlan(plan, at, actor, profile);
    }
    case SIGNING_HELPER:
      return signedPlan(signingHelperPlan(rest, at.files), at, actor, null);
    case 'edit': {
      const plan = editPlan(rest, at, actor);
      return plan === null ? null : signedPlan(plan, at, actor, null);
    }
    case 'curl':
      return curlPlan(rest, at.world, actor);
    default:
      return null;
  }
}

/** The requests that a line made, or makes, at a moment; none for a line that is not an `aws` command. */
export function exchangesOf(line: string, moment: Moment, actor: Actor): readonly Exchange[] {
  const split = splitWords(line);
  return split.kind === 'problem' ? [] : (converse(split.words, moment, actor)?.exchanges ?? []);
}

function carryOut(plan: SignedPlan, start: World): Conversation {
  const exchanges: Exchange[] = [];
  let world = start;
  let step = plan.next();
  while (step.done !== true) {
    const { actor, request } = step.value;
    const sent = send(world, actor, request);
    exchanges.push({ before: world, attempt: { actor, request, answer: sent.answer } });
    world = sent.world;
    step = plan.next(sent.answer);
  }
  return { world: step.value.world ?? world, exchanges, ending: step.value };
}

function variablesIn(assignments: readonly string[]): Readonly<Record<string, string>> {
  const pairs = assignments.map(
    (word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const,
  );
  return Object.fromEntries(pairs.filter(([name]) => VARIABLES.includes(name)));
}
