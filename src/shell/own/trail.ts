import { actorName } from '../../cloud/index.ts';
import type { TrailEvent } from '../../cloud/trail.ts';
import type { World } from '../../cloud/world.ts';
import { clockText } from './clock.ts';
import { type OwnCommand, saying } from './result.ts';

/** `trail`: every request that reached AWS. */
export const trail: OwnCommand = {
  usage: 'trail',
  summary: 'Every request that reached AWS so far',
  run({ session }) {
    const { world } = session.now;
    const common = commonTime(world.trail);
    return saying(
      session,
      world.trail.length === 0
        ? 'The trail is empty: no request has reached AWS yet.'
        : table([
            ['#', 'time', 'who', 'operation', 'outcome'],
            ...world.trail.map((event) => row(world, event, common)),
          ]),
    );
  },
};

/** How much of the clock's text is the same for all events: the day, the year, or nothing. A row has little room. */
function commonTime(trail: readonly TrailEvent[]): number {
  const times = trail.map(({ time }) => clockText(time));
  const isCommon = (length: number) => new Set(times.map((time) => time.slice(0, length))).size === 1;
  return [DAY, YEAR].find(isCommon) ?? 0;
}

/** Characters of the text up to the end of the day, and of the year. */
const DAY = '2026-03-02 '.length;
const YEAR = '2026-'.length;

function row(world: World, event: TrailEvent, common: number): readonly string[] {
  return [
    String(event.number),
    clockText(event.time).slice(common, -' UTC'.length),
    actorName(world, event.actor),
    event.operation,
    outcomeText(event),
  ];
}

/** An event's outcome in a word or two: `done`, `denied (AccessDenied)`. */
export function outcomeText({ outcome }: TrailEvent): string {
  return outcome.kind === 'done' ? 'done' : `${outcome.kind} (${outcome.code})`;
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const cells of rows) {
    cells.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
