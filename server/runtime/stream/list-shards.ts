import { SHARD_END } from './checkpoint.ts';
import type { Lease } from './lease.ts';
import type { StreamsApi } from './streams-api.ts';

/**
 * A shard of the stream. AWS closes a shard after some hours, or when it splits, and goes on in its
 * children. Whether it is closed is not read here: only GetRecords says so (no next iterator).
 */
export type Shard = { readonly shardId: string; readonly parents: readonly string[] };

/** Every shard that the stream lists, from all pages (AWS: at most 100 shards a page). */
export async function listShards(api: StreamsApi, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription } = await api.describeStream({
      StreamArn: streamArn,
      ExclusiveStartShardId: after,
    });
    for (const { ShardId, ParentShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId !== undefined) {
        shards.push({
          shardId: ShardId,
          parents: ParentShardId === undefined ? [] : [ParentShardId],
        });
      }
    }
    after = StreamDescription?.LastEvaluatedShardId;
  } while (after !== undefined);
  return shards;
}

/**
 * Whether the leases tell of shards that a list of them lacks: one that is read and not in it, or one
 * that is finished and has no children in it. Without that a list stays right: AWS makes new shards
 * only as the children of closed ones. Pure.
 */
export function isOutrun(shards: readonly Shard[], leases: readonly Lease[]): boolean {
  return leases.some(({ shardId, checkpoint }) =>
    checkpoint === SHARD_END
      ? !shards.some(({ parents }) => parents.includes(shardId))
      : !shards.some((shard) => shard.shardId === shardId),
  );
}
