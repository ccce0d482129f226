import type { Steps } from './arrivals.ts';

const MOST_STEPS = 100;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SECONDS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY),
];

/** A span is shown as at least so long: in a shorter one there would be nothing to choose from. */
const LEAST_SECONDS = 10 * MINUTE;

/**
 * Steps of a round length that a span of time (milliseconds since 1970) is within, at most a hundred or
 * as many years as it has. They begin and end at multiples of it. Pure.
 */
export function toVolumeSteps({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): Steps & { readonly to: number } {
  const span = Math.max(LEAST_SECONDS, (to - from) / 1_000);
  const seconds = SECONDS.find((each) => span / each <= MOST_STEPS - 1) ?? 365 * DAY;
  const end = Math.ceil(to / 1_000 / seconds) * seconds;
  const begin = Math.floor((to / 1_000 - span) / seconds) * seconds;
  return { count: Math.min(MOST_STEPS, (end - begin) / seconds), seconds, to: end * 1_000 };
}
