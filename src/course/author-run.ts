import { openSession, writeFile } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import { splitCommands } from './commands.ts';
import type { AuthorLine, CompiledScenario, Step } from './content.ts';
import { runAs } from './observe.ts';
import { filledIn } from './placeholders.ts';
import { type PlayerSnapshot, stepPlayer } from './player.ts';
import { preparedLines, questionOf, startMoment, stepOf } from './player-context.ts';
import type { PlayerEvent, RequestLine } from './view.ts';

/** Plays one step as its author meant it: every prepared line, the solution, the right option. */
export function playStepAsAuthor(snapshot: PlayerSnapshot): PlayerSnapshot {
  const step = stepOf(snapshot.context);
  switch (step?.kind) {
    case undefined:
    case 'question':
      return send(snapshot, ...answerRight(snapshot), { type: 'continued' });
    case 'say':
      return send(snapshot, ...prepared(snapshot), { type: 'continued' });
    case 'predict':
      // What is predicted does not matter to the world; the first options of each are as good as any.
      return send(
        snapshot,
        ...prepared(snapshot),
        { type: 'chosen', index: 0 },
        { type: 'chosen', index: 0 },
        { type: 'continued' },
      );
    case 'task':
      return send(doLines(snapshot, step.solution), { type: 'continued' });
  }
}

/** Does what an author wrote at the player's prompt, sitting down as whoever each line says. */
export function doLines(snapshot: PlayerSnapshot, lines: readonly AuthorLine[]): PlayerSnapshot {
  return lines.reduce(doLine, snapshot);
}

/** Does what an author wrote without a player: a line whose actor is not there is passed over. */
export function doInSession(start: Session, lines: readonly AuthorLine[]): Session {
  return lines.reduce(
    (session, line) =>
      line.kind === 'file'
        ? writeFile(session, line.name, line.content)
        : (runAs(session, line)?.session ?? session),
    start,
  );
}

/** The session in which an author's own run comes to a step, without a player: nothing is tried or shown on the way. */
export function authorSession(scenario: CompiledScenario, step: number): Session {
  return scenario.steps.slice(0, step).reduce(doStep, openSession(startMoment(scenario)));
}

/** Does one step as its author meant it, without a player. */
export function doStep(session: Session, step: Step): Session {
  return doInSession(session, linesOf(step));
}

function linesOf(step: Step): readonly AuthorLine[] {
  const asAuthor = ({ as, run }: RequestLine): AuthorLine => ({ kind: 'line', as, run });
  switch (step.kind) {
    case 'say':
      return step.demo.map(asAuthor);
    case 'predict':
      return [...step.first, step.request].map(asAuthor);
    case 'task':
      return step.solution;
    case 'question':
      return [];
  }
}

/** Does what a learner would do who follows an author's line. */
function doLine(snapshot: PlayerSnapshot, line: AuthorLine): PlayerSnapshot {
  if (line.kind === 'file') {
    return send(snapshot, { type: 'file.saved', name: line.name, content: line.content });
  }
  return [`as ${line.as}`, ...splitCommands(line.run)].reduce(
    (before, command) =>
      send(before, { type: 'line.entered', line: filledIn(command, before.context.session.now.world) }),
    snapshot,
  );
}

/** Several events, one after the other. */
export function send(snapshot: PlayerSnapshot, ...events: readonly PlayerEvent[]): PlayerSnapshot {
  return events.reduce((before, event) => stepPlayer(before, event).snapshot, snapshot);
}

function prepared({ context }: PlayerSnapshot): readonly PlayerEvent[] {
  return preparedLines(context).map(() => ({ type: 'continued' }));
}

function answerRight({ context }: PlayerSnapshot): readonly PlayerEvent[] {
  const index = questionOf(context)?.options.findIndex(({ right }) => right) ?? -1;
  return [{ type: 'chosen', index }];
}
