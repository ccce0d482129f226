'use client';

import { useConsole } from '#components/console/use-console.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConsumerStatus } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { RestartWorkerButton } from './restart-worker-button.tsx';
import classes from './shard-table.module.css';
import { SHARD_WORDS } from './shard-words.ts';
import { useConsumerFollowers } from './use-followers.ts';

/** The stream's shards, who has the lease to read each for a consumer, and up to where it was read. */
export function ShardsPanel() {
  const query = useConsumerFollowers();
  return (
    <Panel
      title="Shards and leases"
      subtitle="A shard is read for a consumer by the one worker that has its lease"
      actions={<RestartWorkerButton />}
      flush
      query={query}
      isEmpty={(consumers) => consumers.every(({ shards }) => shards.length === 0)}
      empty={{
        title: 'The stream shows no shard yet',
        hint: 'They appear when a worker has found them.',
      }}
    >
      {(consumers) => <ShardTable shards={consumers.flatMap(({ shards }) => shards)} />}
    </Panel>
  );
}

function ShardTable({ shards }: { shards: readonly ConsumerStatus[] }) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Shards and leases">
        <thead>
          <tr>
            <th scope="col">Consumer</th>
            <th scope="col">Shard</th>
            <th scope="col">Status</th>
            <th scope="col">Lease of</th>
            <th scope="col" data-align="end">
              Events behind
            </th>
            <th scope="col">Checkpoint</th>
            <th scope="col">Moved</th>
          </tr>
        </thead>
        <tbody>
          {shards.map((shard) => (
            <ShardRow key={`${shard.name} ${shard.shardId}`} shard={shard} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ShardRow({ shard }: { shard: ConsumerStatus }) {
  const { name, shardId, status, worker, eventsBehind, atLeast, checkpoint, updatedAt } = shard;
  const { nameView } = useConsole();
  const { tone, word } = SHARD_WORDS[status];
  return (
    <tr>
      <th scope="row">{nameView(name).label}</th>
      <td data-header="Shard">
        <IdText value={shardId} label="Copy shard id" />
      </td>
      <td>
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </td>
      <td data-header="Lease of">
        {worker === null ? 'Nobody' : <IdText value={worker} label="Copy worker id" />}
      </td>
      <td data-align="end" data-header="Events behind">
        {eventsBehind === null ? 'Unknown' : `${atLeast ? '≥ ' : ''}${formatCount(eventsBehind)}`}
      </td>
      <td data-header="Checkpoint">
        {checkpoint === null ? (
          'None yet: it begins at the oldest record'
        ) : (
          <IdText value={checkpoint} label="Copy checkpoint" />
        )}
      </td>
      <td data-header="Moved">{updatedAt === null ? 'Never' : <Time iso={updatedAt} />}</td>
    </tr>
  );
}
