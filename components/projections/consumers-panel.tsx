'use client';

import { useFreshness, useServerNow } from '#components/system/use-system.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConsumerStatus } from '#lib/contracts/queries.ts';
import { BehindFigures } from './behind-figures.tsx';
import { Figure, FigureList } from './figure-list.tsx';
import { FollowerCard } from './follower-card.tsx';
import { toFollowerStatus } from './follower-status.ts';
import { toProjectionNotice } from './projection-notice.ts';
import classes from './projections-view.module.css';
import { useConsumerLag } from './use-lag.ts';

/** Who reads the stream, shard by shard. */
export function ConsumersPanel() {
  const query = useConsumerLag();
  return (
    <Panel
      title="Stream consumers"
      subtitle="They read DynamoDB Streams; everything else follows them"
      query={query}
      isEmpty={({ consumers }) => consumers.length === 0}
      empty={{
        title: 'No consumer has started',
        hint: 'They appear when a worker has found the stream’s shards.',
      }}
    >
      {({ consumers }) => (
        <div className={classes.cards}>
          {consumers.map((consumer) => (
            <Consumer key={`${consumer.name} ${consumer.shardId}`} consumer={consumer} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Consumer({ consumer }: { consumer: ConsumerStatus }) {
  const { name, shardId, checkpoint, updatedAt } = consumer;
  const view = useFreshness(name);
  const now = useServerNow();
  return (
    <FollowerCard
      name={name}
      status={toFollowerStatus(consumer.status, view, now)}
      notice={
        consumer.error === null
          ? toProjectionNotice(consumer, view)
          : `${consumer.error} It tries again by itself.`
      }
    >
      <FigureList>
        <BehindFigures view={view} now={now} />
        <Figure label="Checkpoint moved">
          {updatedAt === null ? 'Never' : <Time iso={updatedAt} />}
        </Figure>
        <Figure label="Shard" wide>
          <IdText value={shardId} label="Copy shard id" />
        </Figure>
        <Figure label="Checkpoint" wide>
          {checkpoint === null ? (
            'None yet: it begins at the oldest record'
          ) : (
            <IdText value={checkpoint} label="Copy checkpoint" />
          )}
        </Figure>
      </FigureList>
    </FollowerCard>
  );
}
