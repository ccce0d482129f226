'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { type Rebuilds, rebuildsSchema } from '#lib/contracts/rebuilds.ts';
import { isActive } from './rebuild-state.ts';

/** While something moves, and else: in milliseconds. */
const QUICK_MS = 1_000;
const SLOW_MS = 5_000;

/** How a view is rebuilt and what came of it, looked at again and again. */
export function useRebuilds(name: string) {
  return useQuery({
    queryKey: ['rebuilds', name],
    queryFn: ({ signal }) =>
      fetchApi(rebuildsSchema, `/api/rebuilds?${new URLSearchParams({ projection: name })}`, {
        signal,
      }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? QUICK_MS : SLOW_MS),
  });
}

function isMoving({ items, journal }: Rebuilds): boolean {
  return items.some(isActive) || journal?.isComplete === false;
}
