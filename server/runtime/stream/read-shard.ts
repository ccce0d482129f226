import { setTimeout as sleep } from 'node:timers/promises';
import {
  ExpiredIteratorException,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
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
 * The stream no longer has what follows a checkpoint: its records were trimmed, or the shard as a
 * whole is forgotten. A type of its own, because AWS's exceptions are known by their names, and a
 * table that is missing has the same one.
 */
export class PositionLostError extends Error {
  readonly reason: 'trimmed' | 'forgotten';

  constructor({ shardId, checkpoint }: ShardPosition, reason: 'trimmed' | 'forgotten') {
    super(`The stream has lost what follows ${checkpoint} in ${shardId}.`);
    this.reason = reason;
  }
}

/**
 * A shard's pages from `checkpoint` on, empty ones included, until the shard is at its end: that is
 * when no next iterator comes, and nothing else (an open shard may well show an ending sequence
 * number). A full page is followed at once, any other after `pollIntervalMs`. An iterator that
 * expired is replaced by one at the same place. Throws PositionLostError, AWS's other exceptions as
 * they are, and an AbortError when `signal` ends a wait.
 */
export async function* readShard({
  pollIntervalMs,
  signal,
  ...start
}: ShardPosition & {
  readonly pollIntervalMs: number;
  readonly signal: AbortSignal;
}): AsyncGenerator<ShardPage, void, void> {
  let position: ShardPosition = start;
  let iterator = await getIterator(position);
  while (iterator !== undefined) {
    const answer = await getRecords(position, iterator);
    if (answer === 'expired') {
      iterator = await getIterator(position);
      continue;
    }
    const records = (answer.Records ?? []).map(toStreamRecord);
    const checkpoint = records.at(-1)?.sequenceNumber ?? position.checkpoint;
    position = { ...position, checkpoint };
    yield { records, checkpoint };
    iterator = answer.NextShardIterator;
    if (iterator !== undefined && records.length < MAX_PAGE) {
      await sleep(pollIntervalMs, undefined, { signal });
    }
  }
}

/** An iterator at a checkpoint of a shard. Throws PositionLostError. */
export async function getIterator(position: ShardPosition): Promise<string | undefined> {
  const { api, streamArn, shardId, checkpoint } = position;
  try {
    const { ShardIterator } = await api.getShardIterator({
      StreamArn: streamArn,
      ShardId: shardId,
      ...(checkpoint === TRIM_HORIZON
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint }),
    });
    return ShardIterator;
  } catch (error) {
    throw toPositionLost(position, error);
  }
}

/** One answer of an iterator of `position`. Throws PositionLostError. */
export async function getRecords(position: ShardPosition, iterator: string) {
  try {
    return await position.api.getRecords({ ShardIterator: iterator, Limit: MAX_PAGE });
  } catch (error) {
    if (error instanceof ExpiredIteratorException) {
      return 'expired';
    }
    throw toPositionLost(position, error);
  }
}

function toPositionLost(position: ShardPosition, error: unknown): unknown {
  if (error instanceof TrimmedDataAccessException) {
    return new PositionLostError(position, 'trimmed');
  }
  return error instanceof ResourceNotFoundException
    ? new PositionLostError(position, 'forgotten')
    : error;
}
