import type { Actor } from '../cloud/actor.ts';
import { send } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { awsPlan } from './aws/index.ts';
import type { Ending, Plan } from './plan.ts';
import type { Attempt, Moment } from './session.ts';
import { splitWords } from './words.ts';

/** A request, and the world just before it. */
export interface Exchange {
  readonly before: World;
  readonly attempt: Attempt;
}

/** A plan carried out from its first request to its ending. */
export interface Conversation {
  readonly world: World;
  readonly exchanges: readonly Exchange[];
  readonly ending: Ending;
}

/** Carries out a plan: each request is one step of the simulated cloud. */
export function converse(plan: Plan, start: World, actor: Actor): Conversation {
  const exchanges: Exchange[] = [];
  let world = start;
  let step = plan.next();
  while (step.done !== true) {
    const request = step.value;
    const sent = send(world, actor, request);
    exchanges.push({ before: world, attempt: { actor, request, answer: sent.answer } });
    world = sent.world;
    step = plan.next(sent.answer);
  }
  return { world, exchanges, ending: step.value };
}

/** The requests that a line made, or makes, at a moment; none for a line that is not an `aws` command. */
export function exchangesOf(line: string, moment: Moment, actor: Actor): readonly Exchange[] {
  const split = splitWords(line);
  if (split.kind === 'problem' || split.words[0] !== 'aws') return [];
  return converse(awsPlan(split.words.slice(1), moment), moment.world, actor).exchanges;
}
