import type { ConsoleWords } from '#components/console/console-words.ts';
import { toFreshnessWords } from '#components/console/system/freshness-words.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { secondsSince } from '#lib/seconds-since.ts';
import { formatSpan } from '#lib/time-format.ts';

const STILL: readonly ViewFreshness['state'][] = ['stopped', 'stuck', 'paused'];

export type WorstLag = { readonly value: string; readonly detail: string; readonly tone: Tone };

/**
 * Who is furthest behind the event store. What stands still counts before what is late, for nobody
 * knows how late it will be, and what is unknown before what is up to date. `now`: milliseconds since
 * 1970 by the server's clock.
 */
export function toWorstLag(
  { nameView }: Pick<ConsoleWords, 'nameView'>,
  views: readonly ViewFreshness[],
  now: number,
): WorstLag {
  const secondsOf = (view: ViewFreshness) => secondsSince(view.behindSince, now) ?? 0;
  const worst = views.toSorted((a, b) => secondsOf(b) - secondsOf(a))[0];
  const unknown = views.filter(({ eventsBehind }) => eventsBehind === null);
  const span = worst ? formatSpan(Math.floor(secondsOf(worst))) : '–';
  const value = unknown.length === 0 ? span : 'Unknown';
  const still = views.filter(({ state }) => STILL.includes(state));
  if (still[0]) {
    const name = nameView(still[0].view).label;
    const others = still.length - 1;
    const detail = others === 0 ? `${name} stands still` : `${name} and ${others} more stand still`;
    return { value, detail, tone: 'bad' };
  }
  if (worst === undefined || unknown[0]) {
    const reason = unknown[0]?.reason ?? 'Lag cannot be read now';
    return { value: 'Unknown', detail: reason, tone: 'warn' };
  }
  const name = nameView(worst.view).label;
  if (worst.eventsBehind) {
    const detail = `${name}, ${countOf(worst.eventsBehind, 'event')} behind`;
    const state = worst.state === 'fresh' ? 'behind' : worst.state;
    return { value, detail, tone: toFreshnessWords({ ...worst, state }, now).tone };
  }
  const blocked = views.find(({ state }) => state === 'blocked');
  return blocked
    ? { value, detail: blocked.reason ?? '', tone: 'bad' }
    : { value, detail: 'Everything is up to date', tone: 'good' };
}
