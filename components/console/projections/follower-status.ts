import { toFreshnessWords } from '#components/console/system/freshness-words.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';

/**
 * How a consumer or projection fares, in one word: what only a projection can be, then how fresh its
 * view is. `now`: milliseconds since 1970 by the server's clock.
 */
export function toFollowerStatus(
  status: ProjectionStatus['status'],
  view: ViewFreshness | undefined,
  now: number,
): { tone: Tone; word: string } {
  if (view === undefined) {
    return { tone: 'neutral', word: 'Unknown' };
  }
  const isTold = view.state !== 'unknown' && view.state !== 'paused';
  if (status === 'outdated' && isTold) {
    return { tone: 'bad', word: 'Outdated' };
  }
  if (status === 'rebuilding' && (view.state === 'fresh' || view.state === 'behind')) {
    return { tone: 'accent', word: 'Rebuilding' };
  }
  const { tone, word } = toFreshnessWords(view, now);
  return { tone, word };
}
