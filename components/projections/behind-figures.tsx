import { secondsSince } from '#components/system/freshness-words.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { Figure } from './figure-list.tsx';

/** How many events a view does not hold, and for how long the oldest of them has waited. */
export function BehindFigures({ view, now }: { view: ViewFreshness | undefined; now: number }) {
  const events = view?.eventsBehind ?? null;
  const seconds = secondsSince(view?.behindSince ?? null, now);
  return (
    <>
      <Figure label="Events behind">
        {events === null ? 'Unknown' : `${view?.atLeast ? '≥ ' : ''}${formatCount(events)}`}
      </Figure>
      <Figure label="Time behind">
        {events === null || (seconds === null && events > 0)
          ? 'Unknown'
          : formatSpan(Math.floor(seconds ?? 0))}
      </Figure>
    </>
  );
}
