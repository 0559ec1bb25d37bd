import type { Session, Turn } from '../shell/session.ts';
import { claimAddress, claimHolds, claimsIn } from './claims.ts';
import type { Step } from './content.ts';
import { explain, observe, runAs } from './observe.ts';

/** A claim that is not true in some world, and what happens there instead. */
export interface UntrueClaim {
  /** As written: `claim:denied/identity`. */
  readonly address: string;
  /** The engine's words. */
  readonly happened: string;
  /** The claim that would be true; null when nobody is there to send the request. */
  readonly instead: string | null;
}

/**
 * The claims of a text that are not true in this session's world: each one's request is sent on a copy. `own` is
 * what came of the step's own request, for claims that name no other.
 */
export function untrueClaims(
  session: Session,
  step: Step,
  text: string,
  own: Turn | null,
): readonly UntrueClaim[] {
  return claimsIn(text).flatMap(({ address, claim }) => {
    if (claim === null) return [];
    const request = claim.request === null ? undefined : step.requests[claim.request];
    const turn = request === undefined ? own : runAs(session, request);
    if (turn === null)
      return [{ address, happened: 'Whoever would send the request is not there.', instead: null }];
    const observed = observe(turn);
    return claimHolds(claim, observed)
      ? []
      : [{ address, happened: explain(turn), instead: claimAddress(observed, claim.request) }];
  });
}
