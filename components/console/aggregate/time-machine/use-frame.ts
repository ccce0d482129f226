'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Frame, Frames } from '#lib/contracts/queries.ts';
import { aggregateKey } from '../aggregate-queries.ts';
import { blockOf, neighbourBlocks } from './frame-blocks.ts';
import { frameAt, frameQuery } from './frame-query.ts';

/** A block's neighbours are read ahead when the position has stayed in it for so long. */
const SETTLED_MS = 150;

/** A frame to show, with the one before it for the diff. */
type Shown = { readonly frame: Frame; readonly previous: Frame | undefined };

/**
 * The frame at `sequence`, and the one before it. Blocks are asked for one at a time, each time for
 * where the position is by then, however fast it runs. Until the position's own block has come, the
 * newest frame that was asked for on the way stays (`current` is false then).
 */
export function useFrame(aggregateId: string, sequence: number, version: number) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState(sequence);
  const wanted = Math.min(asked, version);
  const query = useQuery(frameQuery(aggregateId, blockOf(wanted, version)));
  const { isFetching } = query;
  useEffect(() => {
    if (!isFetching) {
      setAsked(sequence);
    }
  }, [isFetching, sequence]);

  const { from } = blockOf(sequence, version);
  useEffect(() => {
    const settled = setTimeout(() => {
      for (const neighbour of neighbourBlocks(from + 1, version)) {
        void queryClient.prefetchQuery(frameQuery(aggregateId, neighbour));
      }
    }, SETTLED_MS);
    return () => clearTimeout(settled);
  }, [queryClient, aggregateId, from, version]);

  const loaded = useCallback(
    (at: number) =>
      queryClient.getQueryData(frameQuery(aggregateId, blockOf(at, version)).queryKey),
    [queryClient, aggregateId, version],
  );
  /** Whether the frame at a sequence is there already. */
  const isLoaded = useCallback((at: number) => loaded(at) !== undefined, [loaded]);
  /** Reads the block of a sequence that may be asked for soon, when nothing else is being read. */
  const prefetch = useCallback(
    (soon: number) => {
      if (queryClient.isFetching({ queryKey: aggregateKey(aggregateId, 'frames') }) === 0) {
        void queryClient.prefetchQuery(frameQuery(aggregateId, blockOf(soon, version)));
      }
    },
    [queryClient, aggregateId, version],
  );

  const block = loaded(sequence);
  const wall = block?.wall && block.wall.sequence <= sequence ? block.wall : null;
  const own = toShown(block, sequence);
  const onTheWay = own ?? toShown(query.data, wanted);
  const last = useRef<Shown>(null);
  useEffect(() => {
    last.current = onTheWay ?? last.current;
  });
  const shown = onTheWay ?? last.current;
  return {
    frame: shown?.frame,
    previous: shown?.previous,
    current: own !== undefined,
    /** The event at or before the position that cannot be folded: nothing is known from it on. */
    wall,
    error: own === undefined ? query.error : null,
    refetch: query.refetch,
    isFetching,
    prefetch,
    isLoaded,
  };
}

function toShown(block: Frames | undefined, sequence: number): Shown | undefined {
  const frame = frameAt(block, sequence);
  return frame && { frame, previous: frameAt(block, sequence - 1) };
}
