'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createRefresher } from '#components/ui/live-refresh.ts';
import { readAgain } from '#components/ui/read-again.ts';
import { useLiveMessages } from '#components/ui/use-live.ts';
import { aggregateKey } from './aggregate-queries.ts';
import { createFollower, type Follower } from './follow-aggregate.ts';

/**
 * `projections` must be the same list each time. Refetches what this page shows of an aggregate when events of it have come to where it is
 * read, whoever caused them. Returns the newest sequence that was announced; 0 before the first.
 */
export function useFollowAggregate(aggregateId: string, projections: readonly string[]): number {
  const queryClient = useQueryClient();
  const [newest, setNewest] = useState(0);
  const follower = useRef<Follower>(null);

  useEffect(() => {
    const refresher = createRefresher((moved) =>
      Promise.all(
        [...projections, 'event-store', 'hot-views']
          .filter((source) => moved === 'all' || moved.has(source))
          .map((source) => readAgain(queryClient, { queryKey: aggregateKey(aggregateId, source) })),
      ),
    );
    follower.current = createFollower(aggregateId, projections, {
      moved: refresher.moved,
      onSequence: (sequence) => setNewest((known) => Math.max(known, sequence)),
    });
    return refresher.stop;
  }, [queryClient, aggregateId, projections]);

  useLiveMessages((message) => follower.current?.receive(message));
  return newest;
}
