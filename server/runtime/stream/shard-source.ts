import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Lease } from './lease.ts';
import { isOutrun, listShards, type Shard } from './list-shards.ts';
import { LEASE_SETTINGS } from './stream-settings.ts';
import { createStreamsApi, getStreamArn, type StreamsApi } from './streams-api.ts';

/** The stream of the events table, and its shards as they were last listed. */
export type ShardSource = {
  readonly api: StreamsApi;
  /** The shards, so that none is missing that these leases tell of. Throws the SDK's errors. */
  readonly list: (
    leases: readonly Lease[],
  ) => Promise<{ readonly streamArn: string; readonly shards: readonly Shard[] }>;
};

/**
 * Remembers a stream's shards for everybody in the process: DescribeStream walks over every record on
 * the embedded engine, and AWS allows ten a second for all workers together. They are listed anew
 * after a minute, when the leases have outrun them, and after a failure.
 */
export function createShardSource(
  dynamo: Dynamo,
  streams: { readonly api: StreamsApi; readonly getArn: () => Promise<string> } = {
    api: createStreamsApi(dynamo.streams),
    getArn: () => getStreamArn(dynamo),
  },
): ShardSource {
  let last: Awaited<ReturnType<ShardSource['list']>> | undefined;
  let listedAt = Number.NEGATIVE_INFINITY;
  let asking: ReturnType<ShardSource['list']> | undefined;

  async function ask() {
    last = undefined;
    const streamArn = await streams.getArn();
    const shards = await listShards(streams.api, streamArn);
    last = { streamArn, shards };
    listedAt = performance.now();
    return last;
  }

  return {
    api: streams.api,
    list: async (leases) => {
      const isFresh = performance.now() - listedAt < LEASE_SETTINGS.listShardsMs;
      if (
        last !== undefined &&
        isFresh &&
        last.shards.length > 0 &&
        !isOutrun(last.shards, leases)
      ) {
        return last;
      }
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
