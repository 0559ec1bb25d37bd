const HOUR = 3_600_000;

/** Milliseconds of an ISO 8601 duration such as `PT4H`; null when it is none, or not 1 to 12 hours. */
export function readSessionDuration(text: string): number | null {
  const match = /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?$/.exec(text);
  if (match === null) {
    return null;
  }
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const duration = (hours ?? 0) * HOUR + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000;
  return duration >= HOUR && duration <= 12 * HOUR ? duration : null;
}

/** Milliseconds as an ISO 8601 duration, such as `PT1H30M`. */
export function sessionDurationText(duration: number): string {
  const minutes = Math.floor((duration % HOUR) / 60_000);
  const seconds = Math.floor((duration % 60_000) / 1000);
  return `PT${Math.floor(duration / HOUR)}H${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
}
