'use client';

import { keepPreviousData, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { BLOCK_SIZE, blockOf } from '#components/console/aggregate/time-machine/frame-blocks.ts';
import { frameQuery } from '#components/console/aggregate/time-machine/frame-query.ts';
import type { Frames } from '#lib/contracts/queries.ts';
import { mergeOutlines, type TopologyOutline } from '#lib/modules/projects/topology-outline.ts';
import { readOutline } from './read-topology.ts';

/** Of longer histories as many blocks of events are looked at, the newest. */
const MOST_BLOCKS = 5;

/**
 * Every service and link that the project ever had, so that each keeps its place while one steps through
 * time; undefined until it is known. What was gone before the newest thousand events is not in it.
 */
export function useTopologyOutline(
  aggregateId: string,
  version: number,
): TopologyOutline | undefined {
  const newest = Math.floor(version / BLOCK_SIZE);
  const oldest = Math.max(0, newest - MOST_BLOCKS + 1);
  const blocks = Array.from({ length: newest - oldest + 1 }, (_, index) =>
    blockOf((oldest + index) * BLOCK_SIZE, version),
  );
  return useQueries({
    queries: blocks.map((block) => ({
      ...frameQuery(aggregateId, block),
      // With each new event the newest block is another one.
      placeholderData: keepPreviousData,
    })),
    combine: toOutline,
  });
}

/** A block that cannot be read is left out: the picture is drawn without it. */
function toOutline(results: readonly UseQueryResult<Frames>[]): TopologyOutline | undefined {
  return results.some(({ isPending }) => isPending)
    ? undefined
    : mergeOutlines(
        results.flatMap(({ data }) => data?.frames.map(({ state }) => readOutline(state)) ?? []),
      );
}
