'use client';

import { IdText } from '#components/ui/id-text.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConsumerStatus } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
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
  const { name, shardId, checkpoint, eventsBehind, atLeast, secondsBehind, updatedAt } = consumer;
  return (
    <FollowerCard
      name={name}
      status={toFollowerStatus(consumer)}
      notice={
        consumer.error === null
          ? toProjectionNotice(consumer)
          : `${consumer.error} It tries again by itself.`
      }
    >
      <FigureList>
        <Figure label="Events behind">
          {atLeast ? '≥ ' : ''}
          {formatCount(eventsBehind)}
        </Figure>
        <Figure label="Time behind">{formatSpan(secondsBehind)}</Figure>
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
