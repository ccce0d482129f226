import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isStuck } from '#server/runtime/platform/stuck.ts';
import { getLiveWorkers, type WorkerHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { type Checkpoint, SHARD_END, TRIM_HORIZON } from './checkpoint.ts';
import type { ConsumerName } from './consumer.ts';
import { type ConsumerPause, getConsumerPause } from './consumer-pause.ts';
import { countUnread, type Unread } from './count-unread.ts';
import { getFunctionReader } from './function-reader.ts';
import type { Lease } from './lease.ts';
import { listLeases } from './lease-table.ts';
import type { Shard } from './list-shards.ts';
import { createShardSource, type ShardSource } from './shard-source.ts';

/** How far a consumer is behind in one shard. */
export type ConsumerLag = Unread & {
  readonly name: ConsumerName;
  readonly shardId: string;
  /**
   * `paused`: by an operator; `down`: no living worker reads the shard; `stuck`: one has been retrying
   * an error for long.
   */
  readonly status: 'running' | 'stuck' | 'paused' | 'down';
  /** Who paused it and why; null while it is not. */
  readonly reason: string | null;
  /** Null when nobody has ever read the shard. */
  readonly checkpoint: string | null;
  readonly updatedAt: string | null;
  readonly error: string | null;
  /** The worker that has the shard's lease; null while it is nobody's. */
  readonly worker: string | null;
};

export const CONSUMERS: readonly ConsumerName[] = ['journal', 'hot-views'];

/**
 * Lag of both consumers, a row per shard that is not finished; one for all, unknown, where functions read them. It needs DynamoDB only; who asks again
 * and again keeps the `source`. Throws the SDK's errors as they are (`toDynamoError`).
 */
export async function getConsumerLag(
  dynamo: Dynamo,
  now: Date,
  source: ShardSource = createShardSource(dynamo),
): Promise<ConsumerLag[]> {
  const [workers, consumers] = await Promise.all([
    getLiveWorkers(dynamo, now),
    Promise.all(
      CONSUMERS.map(async (name) => {
        const [leases, pause, readAt] = await Promise.all([
          listLeases(dynamo, name),
          getConsumerPause(dynamo, name),
          getFunctionReader(dynamo, name),
        ]);
        return { name, leases, pause, readAt };
      }),
    ),
  ]);
  const { api } = source;
  const { streamArn, shards } = await source.list(consumers.flatMap(({ leases }) => leases));
  const counts = new Map<string, Promise<Unread>>();
  const count = (shardId: string, checkpoint: Checkpoint) => {
    const key = `${shardId} ${checkpoint}`;
    const counting = counts.get(key) ?? countUnread({ api, streamArn, shardId, checkpoint }, now);
    counts.set(key, counting);
    return counting;
  };
  const rows = await Promise.all(
    consumers.map(async ({ name, leases, pause, readAt }): Promise<ConsumerLag[]> => {
      if (readAt !== null && leases.every(({ updatedAt }) => updatedAt < readAt)) {
        return [toReadByFunctions(name, readAt, pause)];
      }
      return Promise.all(
        [...leases, ...toUnread(shards, leases)]
          .filter(({ checkpoint }) => checkpoint !== SHARD_END)
          .map(async ({ shardId, checkpoint, updatedAt, owner }) => ({
            name,
            shardId,
            checkpoint,
            updatedAt,
            worker: owner,
            ...(await count(shardId, checkpoint ?? TRIM_HORIZON)),
            ...(pause === null ? toStatus(workers, name, shardId, now) : toPaused(pause)),
          })),
      );
    }),
  );
  return rows.flat();
}

/** Lambda keeps to itself how far its functions are in which shard: what is unread nobody can count. */
function toReadByFunctions(
  name: ConsumerName,
  updatedAt: string,
  pause: ConsumerPause | null,
): ConsumerLag {
  return {
    name,
    shardId: '*',
    checkpoint: null,
    updatedAt,
    worker: null,
    eventsBehind: null,
    atLeast: true,
    secondsBehind: null,
    ...(pause === null ? { status: 'running', error: null, reason: null } : toPaused(pause)),
  };
}

/** Shards that nobody has looked at yet: the consumer never ran, or they have just come to be. */
function toUnread(shards: readonly Shard[], leases: readonly Lease[]) {
  const known = new Set(leases.map(({ shardId }) => shardId));
  return shards
    .filter(({ shardId }) => !known.has(shardId))
    .map(({ shardId }) => ({ shardId, checkpoint: null, updatedAt: null, owner: null }));
}

function toStatus(
  workers: readonly WorkerHeartbeat[],
  name: ConsumerName,
  shardId: string,
  now: Date,
) {
  const consumers = workers
    .flatMap((worker) => worker.consumers)
    .filter((consumer) => consumer.name === name);
  const reader = consumers.find((consumer) => consumer.shardId === shardId);
  const failing = reader ?? consumers.find((consumer) => consumer.error !== null);
  const isLasting = isStuck(failing?.errorSince ?? null, now);
  const status = reader === undefined ? 'down' : isLasting ? 'stuck' : 'running';
  return { status, error: failing?.error ?? null, reason: null } as const;
}

function toPaused({ by, reason }: ConsumerPause) {
  const why = reason === null ? '' : `: ${reason}`;
  return { status: 'paused', error: null, reason: `Paused by ${by}${why}` } as const;
}
