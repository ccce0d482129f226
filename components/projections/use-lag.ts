'use client';

import { toPartQuery, useSystem } from '#components/system/use-system.ts';

/** The lag of the PostgreSQL projections now, or when it was last known, with the last minutes' lag. */
export function useProjectionLag() {
  const query = useSystem();
  const { data } = query;
  const lag = data?.known.lag ? { ...data.known.lag, history: data.history } : null;
  return toPartQuery(query, lag, 'postgresql');
}

/** How far the stream's consumers are. */
export function useConsumerLag() {
  const query = useSystem();
  const consumers = query.data?.known.consumers;
  return toPartQuery(query, consumers && { consumers }, 'dynamodb');
}
