'use client';

import { useStanding } from '../use-standing.ts';

/**
 * How many events the aggregate has, by the event store, whether or not they can be folded; what a view
 * holds (`shown`) until that answers.
 */
export function useVersion(aggregateId: string, shown: number) {
  const { data, ...query } = useStanding(aggregateId);
  return { ...query, data: Math.max(data?.newestSequence ?? 0, shown) };
}
