import { type Examination, examine, followUps } from '../cloud/index.ts';
import { type Exchange, exchangesOf } from './conversation.ts';
import { momentAfter } from './history.ts';
import type { Session } from './session.ts';

/**
 * How the request behind an event of the trail was decided: examined again in the world as it was just before.
 * Undefined for an event that the session's past does not reach.
 */
export function eventInspection(session: Session, event: number): Examination | undefined {
  const exchange = exchangeOf(session, event);
  return exchange && examine(exchange.before, exchange.attempt.actor, exchange.attempt.request);
}

/** The last request that was made or would have been, sent or not; undefined when there was none. */
export function lastExchange(session: Session): Exchange | undefined {
  for (let index = session.log.length - 1; index >= 0; index--) {
    const exchange = exchangesAt(session, index).at(-1);
    if (exchange !== undefined) return exchange;
  }
  return undefined;
}

function exchangeOf(session: Session, event: number): Exchange | undefined {
  const index = session.log.findIndex(
    (_, at) =>
      (session.moments[at]?.world.trail.length ?? 0) < event &&
      momentAfter(session, at).world.trail.length >= event,
  );
  return exchangesAt(session, index)
    .flatMap((exchange) => [exchange, ...followUpsOf(exchange)])
    .find(({ attempt: { answer } }) => 'event' in answer && answer.event === event);
}

/** What a request set going, such as the requests of a function that it invoked. */
function followUpsOf({ before, attempt: { actor, request } }: Exchange): readonly Exchange[] {
  return followUps(before, actor, request).flatMap(({ before: world, after: _, ...attempt }) => {
    const exchange = { before: world, attempt };
    return [exchange, ...followUpsOf(exchange)];
  });
}

/** The requests of one entry of the log: its line done again, which changes nothing. */
function exchangesAt(session: Session, index: number): readonly Exchange[] {
  const entry = session.log[index];
  const moment = session.moments[index];
  return entry?.kind === 'line' && moment !== undefined ? exchangesOf(entry.line, moment, entry.actor) : [];
}
