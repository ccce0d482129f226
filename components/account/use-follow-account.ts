'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createRefresher } from '#components/ui/live-refresh.ts';
import { useLiveMessages } from '#components/ui/use-live.ts';
import { accountKey, SOURCES } from './account-queries.ts';
import { createFollower, type Follower } from './follow-account.ts';

/**
 * Refetches what this page shows of an account when events of the account have come to where it is
 * read, whoever caused them. Returns the newest sequence that was announced; 0 before the first.
 */
export function useFollowAccount(accountId: string): number {
  const queryClient = useQueryClient();
  const [newest, setNewest] = useState(0);
  const follower = useRef<Follower>(null);

  useEffect(() => {
    const refresher = createRefresher((moved) =>
      Promise.all(
        SOURCES.filter((source) => moved === 'all' || moved.has(source)).map((source) =>
          queryClient.invalidateQueries({ queryKey: accountKey(accountId, source) }),
        ),
      ),
    );
    follower.current = createFollower(accountId, {
      moved: refresher.moved,
      onSequence: (sequence) => setNewest((known) => Math.max(known, sequence)),
    });
    return refresher.stop;
  }, [queryClient, accountId]);

  useLiveMessages((message) => follower.current?.receive(message));
  return newest;
}
