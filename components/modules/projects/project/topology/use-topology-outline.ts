'use client';

import {
  keepPreviousData,
  queryOptions,
  type UseQueryResult,
  useQueries,
} from '@tanstack/react-query';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { topologyOutlineSchema } from '#lib/modules/projects/queries.ts';
import {
  mergeOutlines,
  type TopologyOutline,
  toOutlineBlocks,
} from '#lib/modules/projects/topology-outline.ts';

/**
 * Every service and link that the project ever had, so that each keeps its place while one steps through
 * time; undefined until it is known.
 */
export function useTopologyOutline(
  aggregateId: string,
  version: number,
): TopologyOutline | undefined {
  return useQueries({
    queries: toOutlineBlocks(version).map(({ from, to }) => ({
      ...outlineQuery(aggregateId, from, to),
      // With each new event the newest block is another one.
      placeholderData: keepPreviousData,
    })),
    combine: toWhole,
  });
}

/** What a block of events has brought. Events never change, so it is read once. */
function outlineQuery(aggregateId: string, from: number, to: number) {
  const { id } = parseAggregateId(aggregateId);
  return queryOptions({
    queryKey: aggregateKey(aggregateId, 'topology-outline', from, to),
    queryFn: ({ signal }) =>
      fetchApi(topologyOutlineSchema, `/api/projects/${encodeURIComponent(id)}/outline`, {
        params: { from, to },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A block that cannot be read is left out: the picture is drawn without it. */
function toWhole(results: readonly UseQueryResult<TopologyOutline>[]): TopologyOutline | undefined {
  return results.some(({ isPending }) => isPending)
    ? undefined
    : mergeOutlines(results.flatMap(({ data }) => data ?? []));
}
