/** Older events were booked back in time, or are read again: their age says nothing of delivery. */
const RECENT_SECONDS = 600;

/**
 * How long an event took from its own timestamp to the moment `now` (milliseconds) at which queries
 * show it, in seconds: 0 where clocks disagree, undefined for an event that is no measure because it
 * is older than ten minutes. The timestamp is all that the journal knows of an event's writing, and
 * an import or the demo bank sets it to the day of the booking.
 */
export function visibleAfterSeconds(timestamp: string, now: number): number | undefined {
  const seconds = (now - Date.parse(timestamp)) / 1_000;
  return seconds > RECENT_SECONDS ? undefined : Math.max(0, seconds);
}
