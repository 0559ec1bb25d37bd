import { actorName } from '../../cloud/index.ts';
import type { TrailEvent } from '../../cloud/trail.ts';
import type { World } from '../../cloud/world.ts';
import { layerName } from '../../iam/index.ts';
import type { Exchange } from '../conversation.ts';
import { decisionText } from '../decision-text.ts';
import { eventInspection, lastExchange } from '../inspection.ts';
import type { Session } from '../session.ts';
import { clockText } from './clock.ts';
import { type OwnCommand, type OwnResult, saying } from './result.ts';
import { outcomeText } from './trail.ts';

/** `why [n]`: how the last request, or the n-th of the trail, was decided. */
export const why: OwnCommand = {
  usage: 'why [n]',
  summary: 'How the last request, or number n of the trail, was decided',
  run({ session, words }) {
    const [number, more] = words;
    if (more !== undefined) return saying(session, "why takes one number of the trail, such as 'why 3'.", 1);
    if (number !== undefined) return whyEvent(session, number);
    const unsent = lastExchange(session);
    if (unsent !== undefined && !('event' in unsent.attempt.answer)) {
      return saying(session, whyNotSent(session, unsent));
    }
    const { trail } = session.now.world;
    return trail.length === 0
      ? saying(session, 'No request has been sent yet, so AWS has decided nothing: the trail is empty.')
      : whyEvent(session, String(trail.length));
  },
};

function whyEvent(session: Session, number: string): OwnResult {
  const { world } = session.now;
  const count = world.trail.length;
  const event = /^\d{1,9}$/.test(number)
    ? world.trail.find((one) => one.number === Number(number))
    : undefined;
  if (event === undefined) {
    const there =
      count === 0
        ? 'The trail is empty: no request has reached AWS yet.'
        : `The trail has the numbers 1 to ${count}.`;
    return saying(session, `There is no request ${number} in the trail. ${there}`, 1);
  }
  const examination = eventInspection(session, event.number);
  const text = examination === undefined ? checksText(event) : decisionText(examination);
  return saying(session, `${eventText(world, event)}\n\n${text}`, 0, {
    kind: 'show-decision',
    event: event.number,
  });
}

function eventText(world: World, event: TrailEvent): string {
  return `Request ${event.number}: ${event.operation} by ${actorName(world, event.actor)}, ${clockText(event.time)}: ${outcomeText(event)}.`;
}

function whyNotSent(session: Session, { before, attempt }: Exchange): string {
  const request = `The last request, ${attempt.request.operation} by ${actorName(before, attempt.actor)}`;
  const earlier =
    session.now.world.trail.length === 0
      ? ''
      : '\nFor an earlier request: `trail` has the numbers, and `why n` explains one.';
  return attempt.answer.kind === 'unsupported'
    ? `${request}, asks for something that is not simulated here. Nothing was sent and nothing decided.${earlier}`
    : `${request}, was never sent: no credentials were found to sign it with.\nNo credentials, no principal. AWS saw nothing and decided nothing, and the trail has no event of it.${earlier}`;
}

/** What the trail itself knows of an event, for one that the session's past does not reach. */
function checksText(event: TrailEvent): string {
  return event.checks
    .map(
      ({ action, resource, decision, decidedBy, policy }) =>
        `${action} on ${resource}: ${decision}, by ${layerName(decidedBy)}${policy === null ? '' : `, policy ${policy}`}.`,
    )
    .concat(
      'Only the outcome is kept: this request was made before you came, or before the scenario was last opened.',
    )
    .join('\n');
}
