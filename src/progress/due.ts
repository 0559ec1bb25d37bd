import type { CardRecord } from './card.ts';

const DAY = 86_400_000;

/** True from the beginning of the day on which a card is to come back, where the learner is. */
export function isDue(card: Pick<CardRecord, 'due'>, now: Date): boolean {
  return daysUntil(new Date(card.due), now) <= 0;
}

/** Midnights between now and then where the learner is; none or fewer when it is today or past. */
export function daysUntil(then: Date, now: Date): number {
  // A day of the calendar may have 23 or 25 hours: counted as if in UTC, all have 24.
  return Math.round((dayOf(then) - dayOf(now)) / DAY);
}

/** The same hour of the next day where the learner is, also where a day has 25 hours. */
export function nextDay(time: Date): Date {
  const next = new Date(time);
  next.setDate(next.getDate() + 1);
  return next;
}

/** A day to come in words: `today`, `tomorrow`, `in 4 days`, `in 3 weeks`, `in 2 months`. */
export function dayWords(days: number): string {
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days < 14) return `in ${days} days`;
  if (days < 60) return `in ${Math.round(days / 7)} weeks`;
  return `in ${Math.round(days / 30.4)} months`;
}

/** When several are to come back, soonest first: `2 tomorrow, 3 in 4 days`. Empty when there are none. */
export function daysText(dues: readonly string[], now: Date): string {
  const counts = new Map<string, number>();
  const days = dues.map((due) => daysUntil(new Date(due), now)).sort((a, b) => a - b);
  for (const words of days.map(dayWords)) counts.set(words, (counts.get(words) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

function dayOf(time: Date): number {
  return Date.UTC(time.getFullYear(), time.getMonth(), time.getDate());
}
