import { nameProjection } from '#components/projections/projection-names.ts';
import { toLagTone } from '#components/ui/lag-tone.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { ConsumerStatus, ProjectionStatus } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';

const STILL: readonly ProjectionStatus['status'][] = ['down', 'stuck', 'outdated', 'paused'];

export type WorstLag = { readonly value: string; readonly detail: string; readonly tone: Tone };

/**
 * Who is furthest behind, of the stream's consumers and the projections; what stands still counts
 * before what is late, for nobody knows how late it will be. Null when nothing is known.
 */
export function toWorstLag(
  consumers: readonly ConsumerStatus[],
  projections: readonly ProjectionStatus[],
): WorstLag | null {
  const followers = [...consumers, ...projections];
  const worst = followers.toSorted((a, b) => b.secondsBehind - a.secondsBehind)[0];
  if (!worst) {
    return null;
  }
  const value = formatSpan(worst.secondsBehind);
  const still = followers.filter(({ status }) => STILL.includes(status));
  if (still[0]) {
    const name = nameProjection(still[0].name).label;
    const others = still.length - 1;
    const detail = others === 0 ? `${name} stands still` : `${name} and ${others} more stand still`;
    return { value, detail, tone: 'bad' };
  }
  const detail =
    worst.eventsBehind === 0
      ? 'Everything is up to date'
      : `${nameProjection(worst.name).label}, ${countOf(worst.eventsBehind, 'event')} behind`;
  return { value, detail, tone: toLagTone(worst) };
}
