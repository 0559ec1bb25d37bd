import type { AccessChange, Told } from '../cloud/access-map/index.ts';
import type { World } from '../cloud/world.ts';
import { type Line, line, span, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** Two moments and what is different between them, as far as that is known. */
export interface Changes {
  /** What led from one to the other, in words. */
  readonly title: string;
  readonly before: World;
  readonly after: World;
  /** Null while it is being found out. */
  readonly found: AccessChange | null;
}

/** What is said while two worlds are compared. */
export const COMPARING = 'Comparing: every request is asked before and after …';

/** Rows of what a change opened and closed, grouped. */
export function changeLines(changes: Changes | null, width: number): Line[] {
  if (changes === null) {
    return wrap(
      [span('Nothing has changed yet. What a change opens and closes is shown here.', 'faint')],
      width,
    );
  }
  const head = wrap([span(changes.title, 'code')], width, [span('  ')]);
  const { found } = changes;
  if (found === null) return [...head, [], line(COMPARING, 'faint')];
  if (found.opened.count + found.closed.count === 0) {
    return [...head, [], ...wrap([span('No user and no role may do more or less than before.')], width)];
  }
  return [
    ...head,
    [],
    ...part(found.opened, { mark: '+', title: 'Opened', role: 'good' }, width),
    [],
    ...part(found.closed, { mark: '−', title: 'Closed', role: 'bad' }, width),
    ...found.notes.flatMap((words) => [[], ...wrap([span(words, 'faint')], width)]),
  ];
}

/** The change in a mark, such as `+4 −1`; `…` while it is found out, empty when there is none. */
export function changeMark(changes: Changes | null): string {
  if (changes === null) return '';
  if (changes.found === null) return ' …';
  const { opened, closed } = changes.found;
  return opened.count + closed.count === 0 ? ' nothing' : ` +${opened.count} −${closed.count}`;
}

function part(
  { count, groups }: Told,
  look: { mark: string; title: string; role: Role },
  width: number,
): Line[] {
  const requests = count === 1 ? '1 request' : `${count} requests`;
  const heading: Line = [
    span(`${look.mark} ${look.title} `, look.role),
    span(count === 0 ? 'nothing' : requests, 'faint'),
  ];
  const rows = groups.flatMap((group) =>
    wrap([span(`  ${look.mark} `, look.role), span(group)], width, [span('      ')]),
  );
  return [heading, ...rows];
}
