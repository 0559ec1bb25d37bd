import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import type { CompiledLesson, CompiledScenario } from './content.ts';
import { playerMachine } from './player-machine.ts';
import type { LastTurn, PlayerEvent } from './view.ts';

/** A lesson being played, at one moment. Never changed in place; `savePlayer` makes JSON of it. */
export type PlayerSnapshot = SnapshotFrom<typeof playerMachine>;

/** A lesson at its beginning. Without a lesson only the scenario is played, from its first step. */
export function startPlayer(lesson: CompiledLesson | null, scenario: CompiledScenario): PlayerSnapshot {
  return initialTransition(playerMachine, { lesson, scenario })[0];
}

/** What a player has come to, and what came of the line that was run, if one was. */
export interface PlayerStep {
  readonly snapshot: PlayerSnapshot;
  readonly turn: LastTurn | null;
}

/** One step of the player. An event that does not fit what is asked gives the same snapshot back. */
export function stepPlayer(snapshot: PlayerSnapshot, event: PlayerEvent): PlayerStep {
  if (!snapshot.can(event)) return { snapshot, turn: null };
  const [next] = transition(playerMachine, snapshot, event);
  return { snapshot: next, turn: next.context.turn === snapshot.context.turn ? null : next.context.turn };
}

/** How far somebody has come in a lesson. */
export interface PlayerProgress {
  readonly state: 'new' | 'begun' | 'finished';
  /** Pages, steps and questions behind the learner, of all there are. */
  readonly done: number;
  readonly of: number;
  /** Questions of the quiz answered right at once. */
  readonly quiz: { readonly right: number; readonly of: number };
  /** Predictions made, and how many came true. */
  readonly predictions: { readonly right: number; readonly of: number };
  readonly hints: number;
}

/** How far a player has come, for a list of lessons and for the closing screen. */
export function progressOf(snapshot: PlayerSnapshot): PlayerProgress {
  const { context } = snapshot;
  const { lesson, scenario, page, step, question, session } = context;
  const pages = lesson?.pages.length ?? 0;
  const finished = snapshot.matches('closing');
  const done = (snapshot.matches('concept') ? page : pages) + step + question;
  const predictions = Object.values(context.predictions);
  const touched =
    done > (pages > 0 && !snapshot.matches('concept') ? pages - 1 : 0) || session.log.length > 0;
  return {
    state: finished ? 'finished' : touched ? 'begun' : 'new',
    done,
    of: pages + scenario.steps.length + scenario.quiz.length,
    quiz: {
      right: scenario.quiz.filter(
        ({ id, options }) => options[context.answers[id]?.[0] ?? -1]?.right === true,
      ).length,
      of: scenario.quiz.length,
    },
    predictions: { right: predictions.filter(({ right }) => right).length, of: predictions.length },
    hints: Object.values(context.hints).reduce((sum, revealed) => sum + revealed.length, 0),
  };
}
