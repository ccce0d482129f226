import { z } from 'zod';
import { toDynamoError } from '#server/runtime/platform/dynamo-errors.ts';
import { CATCH_UP, TRIM_HORIZON } from './checkpoint.ts';
import { getIterator, getRecords, PositionLostError, type ShardPosition } from './read-shard.ts';
import { type StreamRecord, toStreamRecord } from './stream-record.ts';

/** What lies in a shard behind a checkpoint. */
export type Unread = {
  /** Null when the stream could not be read from there: then nobody knows. */
  readonly eventsBehind: number | null;
  /** The count was cut short: there may be more. */
  readonly atLeast: boolean;
  /** The age of the oldest of these events; 0 without one, null where it is not known. */
  readonly secondsBehind: number | null;
};

/** More pages than this are not counted; readers of a shard share its throughput. */
const MAX_PAGES = 2;

const timestampSchema = z.object({ timestamp: z.string() });

/**
 * Counts a shard's records after a checkpoint. The saved checkpoint lags a little behind the
 * delivery, so the count may be a moment too high and is never too low. What cannot be counted (the
 * place is trimmed, its readers keep the shard busy) is null. Throws the SDK's errors.
 */
export async function countUnread(position: ShardPosition, now: Date): Promise<Unread> {
  const isCatchingUp = position.checkpoint === CATCH_UP;
  const start = isCatchingUp ? { ...position, checkpoint: TRIM_HORIZON } : position;
  let records: readonly StreamRecord[] = [];
  let hasMore = false;
  try {
    let iterator = await getIterator(start);
    for (let page = 1; page <= MAX_PAGES && iterator !== undefined; page += 1) {
      const answer = await getRecords(start, iterator);
      if (answer === 'expired') {
        hasMore = true;
        break;
      }
      const found = (answer.Records ?? []).map(toStreamRecord);
      records = [...records, ...found];
      hasMore = found.length > 0;
      iterator = hasMore ? answer.NextShardIterator : undefined;
    }
    hasMore &&= iterator !== undefined;
  } catch (error) {
    if (!isUncountable(error)) {
      throw error;
    }
    return { eventsBehind: null, atLeast: true, secondsBehind: null };
  }
  return isCatchingUp
    ? { eventsBehind: Math.max(1, records.length), atLeast: true, secondsBehind: null }
    : {
        eventsBehind: records.length,
        atLeast: hasMore,
        secondsBehind: secondsSince(records[0], now),
      };
}

/** The place is gone from the stream, or its readers keep the shard busy. */
function isUncountable(error: unknown): boolean {
  return error instanceof PositionLostError || toDynamoError(error).code === 'THROTTLED';
}

/**
 * Since when an event waits. The stream knows the time of a write in whole seconds only and the
 * event's own time is exact; but an imported event may say that it happened years ago, so the later
 * of both counts.
 */
function secondsSince(record: StreamRecord | undefined, now: Date): number {
  const own = timestampSchema.safeParse(record?.image);
  const times = [
    record?.createdAt?.getTime(),
    own.success ? Date.parse(own.data.timestamp) : undefined,
  ];
  const since = Math.max(...times.map((time) => time ?? Number.NaN).filter(Number.isFinite));
  return Number.isFinite(since) ? Math.max(0, now.getTime() - since) / 1_000 : 0;
}
