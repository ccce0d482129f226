import { queryOptions } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { type Frame, type Frames, framesSchema } from '#lib/contracts/queries.ts';
import { aggregateKey, aggregatePath } from '../aggregate-queries.ts';
import type { FrameBlock } from './frame-blocks.ts';

/** So long a block stays in memory after it was shown, in milliseconds. */
const KEPT_MS = 10 * 60_000;

/** So long a block with an event that cannot be folded is not read again. */
const WALL_FRESH_MS = 30_000;

/** The frames of a block, folded from the event store. They never change, so they are read once, but for those behind an event that cannot be folded. */
export function frameQuery(aggregateId: string, { from, to }: FrameBlock) {
  return queryOptions({
    queryKey: aggregateKey(aggregateId, 'frames', from, to),
    queryFn: ({ signal }): Promise<Frames> =>
      fetchApi(framesSchema, aggregatePath(aggregateId, 'frames'), {
        params: { from, to },
        signal,
      }),
    // A newer program may read what stood in the way.
    staleTime: ({ state: { data } }) => (data?.wall ? WALL_FRESH_MS : Number.POSITIVE_INFINITY),
    gcTime: KEPT_MS,
  });
}

/** The frame at `sequence` among a block's frames. */
export function frameAt(block: Frames | undefined, sequence: number): Frame | undefined {
  const first = block?.frames[0];
  return first && block?.frames[sequence - first.sequence];
}
