import type { ViewFreshness } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { secondsSince } from '#lib/seconds-since.ts';
import { formatSpan } from '#lib/time-format.ts';

/** How many events a view does not hold: "≥ 2,000". Pure. */
export function toEventsBehind(view: ViewFreshness | undefined): string {
  const events = view?.eventsBehind ?? null;
  return events === null ? 'Unknown' : `${view?.atLeast ? '≥ ' : ''}${formatCount(events)}`;
}

/** For how long the oldest of these has waited; `now`: milliseconds since 1970 by the server's clock. Pure. */
export function toTimeBehind(view: ViewFreshness | undefined, now: number): string {
  const events = view?.eventsBehind ?? null;
  const seconds = secondsSince(view?.behindSince ?? null, now);
  return events === null || (seconds === null && events > 0)
    ? 'Unknown'
    : formatSpan(Math.floor(seconds ?? 0));
}
