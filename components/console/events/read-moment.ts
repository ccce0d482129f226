import { readJumpTarget } from '#components/console/aggregate/time-machine/jump-target.ts';
import type { TimeZoneChoice } from '#lib/time-format.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type Moment =
  | { readonly kind: 'moment'; readonly iso: string }
  | { readonly kind: 'unclear'; readonly problem: string };

/**
 * Reads a bound of a span of time: nothing, a calendar day (UTC's, as everywhere) or a moment by the
 * reader's clock, in whole minutes. A day as the end is meant with all of it.
 */
export function readMoment(text: string, zone: TimeZoneChoice, bound: 'from' | 'to'): Moment {
  if (text.trim() === '') {
    return { kind: 'moment', iso: '' };
  }
  const target = readJumpTarget(text, zone);
  if (target.kind === 'sequence') {
    return { kind: 'unclear', problem: 'Write a day such as 2026-11-03, or 2026-11-03 14:00.' };
  }
  if (target.kind === 'unclear') {
    return target;
  }
  const isWholeDay = !target.time.includes('T');
  const time = Date.parse(target.time) + (isWholeDay && bound === 'to' ? DAY_MS : 0);
  return { kind: 'moment', iso: toMinuteText(time) };
}

/** The whole minute that a time is in: "2026-11-03T14:00:00Z". */
export function toMinuteText(time: number): string {
  return `${new Date(Math.floor(time / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 16)}:00Z`;
}
