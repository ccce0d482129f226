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
