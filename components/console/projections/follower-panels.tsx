'use client';

import { useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { formatCount } from '#lib/count-format.ts';
import { FollowerSkeleton } from './follower-skeleton.tsx';
import { FollowerTable } from './follower-table.tsx';
import {
  useConsumerFollowers,
  useHotViewFollowers,
  useProjectionFollowers,
} from './use-followers.ts';

/** What is built in PostgreSQL from the journal. */
export function ProjectionsPanel() {
  const query = useProjectionFollowers();
  const { data } = useSystem();
  const head = data?.known.lag?.head;
  const { viewCount } = useConsole();
  return (
    <Panel
      title="PostgreSQL projections"
      subtitle={
        head === undefined
          ? 'They read the journal'
          : `They read the journal, which is at position ${formatCount(head)}`
      }
      flush
      query={query}
      skeleton={<FollowerSkeleton rows={viewCount} />}
      isEmpty={(followers) => followers.length === 0}
      empty={{
        title: 'No projection has started',
        hint: 'They appear when a worker runs for the first time.',
      }}
    >
      {(followers) => <FollowerTable label="PostgreSQL projections" followers={followers} />}
    </Panel>
  );
}

/** What is built in DynamoDB from the stream. */
export function HotViewsPanel() {
  const query = useHotViewFollowers();
  return (
    <Panel
      title="Views in DynamoDB"
      subtitle="They follow the stream together, as the consumer Hot views, and are rebuilt in their place"
      flush
      query={query}
      isEmpty={(followers) => followers.length === 0}
      empty={{ title: 'There is no hot view', hint: 'A module that has one shows it here.' }}
    >
      {(followers) => <FollowerTable label="Views in DynamoDB" followers={followers} />}
    </Panel>
  );
}

/** Who reads the stream. */
export function ConsumersPanel() {
  const query = useConsumerFollowers();
  return (
    <Panel
      title="Stream consumers"
      subtitle="They read DynamoDB Streams; everything else follows them"
      flush
      query={query}
      isEmpty={(followers) => followers.length === 0}
      empty={NO_CONSUMER}
    >
      {(followers) => <FollowerTable label="Stream consumers" followers={followers} />}
    </Panel>
  );
}

const NO_CONSUMER = {
  title: 'No consumer has started',
  hint: 'They appear when a worker has found the stream’s shards.',
};
