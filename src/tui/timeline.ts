import { actorName } from '../cloud/index.ts';
import type { TrailEvent } from '../cloud/trail.ts';
import { entryText, type Moment, momentAfter, type Session } from '../shell/index.ts';
import { accountLines, clockText } from './account.ts';
import type { KeepAsk } from './keep-ask.ts';
import type { Room } from './layout.ts';
import { type Line, type Span, span, truncate, widthOf } from './styled-text.ts';

/** Where somebody looks at the session's log. Moment 0 is its start, moment n is after line n. */
export interface TimelineFocus {
  readonly at: number;
  /** The moment that others are compared with; null for the one before. */
  readonly from: number | null;
  /** What is asked before going on from there; null while nothing is. */
  readonly ask: KeepAsk | null;
}

/** Rows of the log that are in sight at once, at least and at most; the picture follows below. */
const LEAST_ROWS = 3;
const MOST_ROWS = 9;

/** The moment after the n-th line of the log; 0 for its start. */
export function momentAt(session: Session, at: number): Moment {
  return at === 0 ? (session.moments[0] ?? session.now) : momentAfter(session, at - 1);
}

/** What the n-th line of the log left in the trail; nothing for the start. */
export function eventsOf(session: Session, at: number): readonly TrailEvent[] {
  if (at === 0) return [];
  return momentAt(session, at).world.trail.slice(momentAt(session, at - 1).world.trail.length);
}

/**
 * The log as a line of events around the chosen moment, and the account as it was then: `pinned` rows of the log stay
 * in half of the height while the account scrolls below them.
 */
export function timelineLines(
  session: Session,
  focus: TimelineFocus,
  { width, height }: Room,
): { readonly lines: readonly Line[]; readonly pinned: number } {
  const last = session.log.length;
  const moment = momentAt(session, focus.at);
  const most = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(height / 2) - 2));
  const first = Math.max(0, Math.min(focus.at - Math.floor(most / 2), last + 1 - most));
  const rows = Array.from({ length: Math.min(most, last + 1) }, (_, index) =>
    momentRow(session, first + index, focus, width),
  );
  const where = focus.at === last ? 'now' : focus.at === 0 ? 'at the start' : `after line ${focus.at}`;
  const above: Line[] = [
    ...rows,
    [],
    [span(`The account ${where}`, 'heading'), span(`  ${clockText(moment.world.clock)}`, 'faint')],
  ];
  return { lines: [...above, ...accountAt(moment, width)], pinned: above.length };
}

// The last one alone: one step is laid out several times, and the picture of a large account takes long.
let accountMade: { moment: Moment; width: number; lines: readonly Line[] } | null = null;

function accountAt(moment: Moment, width: number): readonly Line[] {
  if (accountMade?.moment === moment && accountMade.width === width) return accountMade.lines;
  accountMade = { moment, width, lines: accountLines(moment.world, moment.actor, width) };
  return accountMade.lines;
}

function momentRow(session: Session, at: number, focus: TimelineFocus, width: number): Line {
  const isHere = at === focus.at;
  const rail: Span[] = [
    span(isHere ? '▸ ' : '  ', 'accent'),
    span(at === focus.from ? '◆ ' : isHere ? '● ' : '○ ', isHere || at === focus.from ? 'accent' : 'border'),
  ];
  const number = span(`${String(at).padStart(2)} `, 'faint');
  const entry = session.log[at - 1];
  if (entry === undefined) return [...rail, number, span('the start', isHere ? 'strong' : 'plain')];
  const moment = momentAt(session, at);
  const who = entry.kind === 'line' ? `${actorName(moment.world, entry.actor)}$ ` : '';
  const mark = outcomeMark(eventsOf(session, at));
  const room = width - 7 - widthOf(who) - widthOf(mark.text);
  const words = truncate(entryText(entry), Math.max(4, room));
  return [...rail, number, span(who, 'faint'), span(words, isHere ? 'strong' : 'plain'), mark];
}

function outcomeMark(events: readonly TrailEvent[]): Span {
  const last = events.at(-1);
  switch (last?.outcome.kind) {
    case undefined:
      return span('');
    case 'done':
      return span(' ✓', 'good');
    case 'denied':
      return span(' ✗ denied', 'bad');
    case 'rejected':
      return span(' ✗ not accepted', 'bad');
    case 'failed':
      return span(' ! failed', 'warn');
  }
}

/** Words for what lies between two moments. */
export function betweenWords(session: Session, from: number, to: number): string {
  const entry = session.log[to - 1];
  if (to === from + 1 && entry !== undefined) return `After: ${entryText(entry)}`;
  const name = (at: number) => (at === 0 ? 'the start' : at === session.log.length ? 'now' : `line ${at}`);
  return `From ${name(from)} to ${name(to)}`;
}
