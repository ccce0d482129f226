import { setTimeout as sleep } from 'node:timers/promises';
import { ExpiredIteratorException } from '@aws-sdk/client-dynamodb-streams';
import { type Checkpoint, TRIM_HORIZON } from './checkpoint.ts';
import { type StreamRecord, toStreamRecord } from './stream-record.ts';
import type { StreamsApi } from './streams-api.ts';

/** AWS's limit. Fewer may come, none as well, with more behind them. */
export const MAX_PAGE = 1_000;

export type ShardPage = {
  readonly records: readonly StreamRecord[];
  /** Where to go on once these records are delivered. */
  readonly checkpoint: Checkpoint;
};

export type ShardPosition = {
  readonly api: StreamsApi;
  readonly streamArn: string;
  readonly shardId: string;
  readonly checkpoint: Checkpoint;
};

/**
 * A shard's pages from `checkpoint` on, empty ones included, until the shard is at its end: that is
 * when no next iterator comes, and nothing else (an open shard may well show an ending sequence
 * number). A full page is followed at once, any other after `pollIntervalMs`. An iterator that
 * expired is replaced by one at the same place. Throws AWS's other exceptions as they are, and an
 * AbortError when `signal` ends a wait.
 */
export async function* readShard({
  pollIntervalMs,
  signal,
  ...start
}: ShardPosition & {
  readonly pollIntervalMs: number;
  readonly signal: AbortSignal;
}): AsyncGenerator<ShardPage, void, void> {
  let { checkpoint } = start;
  let iterator = await getIterator(start);
  while (iterator !== undefined) {
    const answer = await getRecords(start.api, iterator);
    if (answer === 'expired') {
      iterator = await getIterator({ ...start, checkpoint });
      continue;
    }
    const records = (answer.Records ?? []).map(toStreamRecord);
    checkpoint = records.at(-1)?.sequenceNumber ?? checkpoint;
    yield { records, checkpoint };
    iterator = answer.NextShardIterator;
    if (iterator !== undefined && records.length < MAX_PAGE) {
      await sleep(pollIntervalMs, undefined, { signal });
    }
  }
}

/** An iterator at a checkpoint of a shard. */
export async function getIterator({
  api,
  streamArn,
  shardId,
  checkpoint,
}: ShardPosition): Promise<string | undefined> {
  const { ShardIterator } = await api.getShardIterator({
    StreamArn: streamArn,
    ShardId: shardId,
    ...(checkpoint === TRIM_HORIZON
      ? { ShardIteratorType: 'TRIM_HORIZON' }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint }),
  });
  return ShardIterator;
}

async function getRecords(api: StreamsApi, iterator: string) {
  try {
    return await api.getRecords({ ShardIterator: iterator, Limit: MAX_PAGE });
  } catch (error) {
    if (error instanceof ExpiredIteratorException) {
      return 'expired';
    }
    throw error;
  }
}
