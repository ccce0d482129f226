import type { Outline } from '#lib/contracts/aggregates.ts';
import { formatClock, formatDay, formatTime, type TimeZoneChoice } from '#lib/time-format.ts';

/** A place on the track with the time of its event. */
export type TimeTick = { readonly sequence: number; readonly at: string; readonly label: string };

/** A history longer than this is told by days, in milliseconds. */
const BY_DAYS_MS = 3 * 86_400_000;

/**
 * At most `most` ticks, evenly over the sequences, each with the time of the event there: days over a long
 * history, times over a short one, with the day where it changes. A label that says the same as the one
 * before is left out.
 */
export function toTimeTicks(
  buckets: Outline['buckets'],
  most: number,
  zone: TimeZoneChoice,
): TimeTick[] {
  const places = buckets.flatMap(({ from, at }) => (at === null ? [] : [{ sequence: from, at }]));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const count = Math.min(most, places.length);
  const chosen = Array.from({ length: count }, (_, index) =>
    Math.round((index * (places.length - 1)) / Math.max(1, count - 1)),
  ).flatMap((index) => places[index] ?? []);
  const isByDays = Date.parse(last.at) - Date.parse(first.at) > BY_DAYS_MS;
  let before = '';
  return chosen.flatMap(({ sequence, at }) => {
    const said = isByDays ? formatDay(at) : formatTime(at, zone);
    const isSameDay = dayOf(said) === dayOf(before) && before !== '';
    const label = !isByDays && isSameDay ? formatClock(Date.parse(at), zone) : said;
    const isNew = said !== before;
    before = said;
    return isNew ? [{ sequence, at, label }] : [];
  });
}

/** "21 Nov 2026" of "21 Nov 2026, 03:12:45". */
function dayOf(said: string): string {
  return said.split(',')[0] ?? '';
}
