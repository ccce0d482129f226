import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';

const keysSchema = z.object({
  aggregateId: z.object({ S: z.string() }),
  eventSequence: z.object({ N: z.string() }),
});

/**
 * The events' keys (`<aggregate id>/<sequence>`), each with the place in which it was written first. The
 * embedded engine's stream tells: it has one shard, with every record of the last day in one order.
 */
export async function readWriteOrder(dynamo: Dynamo): Promise<ReadonlyMap<string, number>> {
  const api = createStreamsApi(dynamo.streams);
  const streamArn = await getStreamArn(dynamo);
  const shards = await listShards(api, streamArn);
  const [shard] = shards;
  if (shard === undefined || shards.length > 1) {
    throw new Error(`The stream has ${shards.length} shards: its records have no one order.`);
  }
  const order = new Map<string, number>();
  let { ShardIterator: iterator } = await api.getShardIterator({
    StreamArn: streamArn,
    ShardId: shard.shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  while (iterator !== undefined) {
    const { Records = [], NextShardIterator } = await api.getRecords({ ShardIterator: iterator });
    for (const { eventName, dynamodb } of Records) {
      const { aggregateId, eventSequence } = keysSchema.parse(dynamodb?.Keys);
      const key = `${aggregateId.S}/${eventSequence.N}`;
      if (eventName === 'INSERT' && !order.has(key)) {
        order.set(key, order.size);
      }
    }
    iterator = Records.length === 0 ? undefined : NextShardIterator;
  }
  return order;
}
