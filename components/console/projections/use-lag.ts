'use client';

import { toPartQuery, useSystem } from '#components/console/system/use-system.ts';

/** The lag of the PostgreSQL projections now, or when it was last known. */
export function useProjectionLag() {
  const query = useSystem();
  return toPartQuery(query, query.data?.known.lag, 'postgresql');
}
