import type { Instant } from '../../cloud/world.ts';

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** Reads `6h`, `30m`, `45s`, `2d` or `1h30m` as milliseconds; null when it is none of these. */
export function readDuration(text: string): number | null {
  const parts = /^(?:(\d{1,7})d)?(?:(\d{1,7})h)?(?:(\d{1,7})m)?(?:(\d{1,7})s)?$/.exec(text.toLowerCase());
  if (parts === null || text === '') return null;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * UNITS.d + (hours ?? 0) * UNITS.h + (minutes ?? 0) * UNITS.m + (seconds ?? 0) * UNITS.s;
}

/** Milliseconds in the two largest units that matter: `5h 59m`, `45s`. */
export function durationText(milliseconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, milliseconds);
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0s';
}

/** A moment of the simulated clock: `2025-03-03 09:00:00 UTC`. */
export function clockText(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
