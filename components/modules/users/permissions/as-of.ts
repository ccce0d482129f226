import type { TimeZoneChoice } from '#lib/time-format.ts';
import { formatDay, formatTime } from '#lib/time-format.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment that the matrix is asked for: a day's end (days are UTC's), or a time as it is. */
export function toMoment(at: string): string {
  return DAY.test(at) ? `${at}T23:59:59.999Z` : at;
}

/** That moment for people: "at the end of 3 Nov 2026", or "on 3 Nov 2026, 14:00:12". */
export function toMomentText(at: string, zone: TimeZoneChoice): string {
  return DAY.test(at) ? `at the end of ${formatDay(at)}` : `on ${formatTime(at, zone)}`;
}
