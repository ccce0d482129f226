import { queryOptions } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { type Frame, framesSchema } from '#lib/contracts/queries.ts';
import { accountKey, accountPath } from '../account-queries.ts';
import type { FrameBlock } from './frame-blocks.ts';

/** So long a block stays in memory after it was shown, in milliseconds. */
const KEPT_MS = 10 * 60_000;

/** The frames of a block, folded from the event store. They never change, so they are read once. */
export function frameQuery(accountId: string, { from, to }: FrameBlock) {
  return queryOptions({
    queryKey: accountKey(accountId, 'frames', from, to),
    queryFn: async ({ signal }): Promise<readonly Frame[]> => {
      const path = accountPath(accountId, 'frames');
      return (await fetchApi(framesSchema, path, { params: { from, to }, signal })).frames;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
  });
}

/** The frame at `sequence` among a block's frames. */
export function frameAt(frames: readonly Frame[] | undefined, sequence: number): Frame | undefined {
  const first = frames?.[0];
  return first && frames?.[sequence - first.sequence];
}
