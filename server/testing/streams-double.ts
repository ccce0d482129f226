import {
  type _Record,
  ExpiredIteratorException,
  type GetRecordsOutput,
  type GetShardIteratorInput,
  LimitExceededException,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { StreamsApi } from '#server/runtime/stream/streams-api.ts';

type DoubledShard = {
  readonly parent: string | undefined;
  readonly records: { readonly number: bigint; readonly record: _Record }[];
  /** Records up to this number are trimmed. */
  trimmedTo: bigint;
  isClosed: boolean;
};

/** A stream of several shards in memory, with the handles of what AWS does to streams over time. */
export type StreamsDouble = {
  readonly api: StreamsApi;
  readonly addShard: (shardId: string, parent?: string) => void;
  /** Writes an item; answers the record's sequence number. */
  readonly write: (shardId: string, item: Record<string, unknown>) => string;
  readonly remove: (shardId: string) => void;
  /** Closes a shard and goes on in children; one child is a rotation, two are a split. */
  readonly split: (shardId: string, children: readonly string[]) => void;
  /** Drops a shard's records, as after 24 hours. */
  readonly trim: (shardId: string) => void;
  /** Drops a closed shard from the listing, as some time after its records. */
  readonly forget: (shardId: string) => void;
  readonly expireIterators: () => void;
  /** Refuses the next requests, of whatever kind. */
  readonly throttle: (requests: number) => void;
  /** How many requests of a kind have come. */
  readonly requests: Record<keyof StreamsApi, number>;
};

const PAGE = 100;
const MAX_RECORDS = 1_000;

/** Streams as AWS documents them, where the embedded engine has one shard that never ends. */
export function createStreamsDouble(): StreamsDouble {
  const shards = new Map<string, DoubledShard>();
  const iterators = new Map<string, { readonly shardId: string; readonly after: bigint }>();
  const requests = { describeStream: 0, getShardIterator: 0, getRecords: 0 };
  let lastNumber = 10n ** 20n;
  let issued = 0;
  let refusals = 0;

  function count(kind: keyof StreamsApi): void {
    requests[kind] += 1;
    if (refusals > 0) {
      refusals -= 1;
      throw new LimitExceededException({ message: 'Rate exceeded', $metadata: {} });
    }
  }

  function requireShard(shardId: string | undefined): DoubledShard {
    const shard = shards.get(shardId ?? '');
    if (shard === undefined) {
      throw new ResourceNotFoundException({ message: `No shard ${shardId}`, $metadata: {} });
    }
    return shard;
  }

  function issueIterator(shardId: string, after: bigint): string {
    issued += 1;
    const token = `iterator-${issued}`;
    iterators.set(token, { shardId, after });
    return token;
  }

  function startOf({ ShardIteratorType, SequenceNumber }: GetShardIteratorInput): bigint {
    return ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' ? BigInt(SequenceNumber ?? 0) : 0n;
  }

  function write(shardId: string, eventName: 'INSERT' | 'REMOVE', item?: Record<string, unknown>) {
    const shard = requireShard(shardId);
    if (shard.isClosed) {
      throw new Error(`${shardId} is closed`);
    }
    lastNumber += 1n;
    const SequenceNumber = lastNumber.toString();
    const ApproximateCreationDateTime = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    const image = item === undefined ? {} : { NewImage: marshall(item) };
    const dynamodb = { SequenceNumber, ApproximateCreationDateTime, ...image };
    shard.records.push({ number: lastNumber, record: { eventName, dynamodb } });
    return SequenceNumber;
  }

  function addShard(shardId: string, parent?: string): void {
    shards.set(shardId, { parent, records: [], trimmedTo: 0n, isClosed: false });
  }

  return {
    requests,
    addShard,
    write: (shardId, item) => write(shardId, 'INSERT', item),
    remove: (shardId) => {
      write(shardId, 'REMOVE');
    },
    split: (shardId, children) => {
      requireShard(shardId).isClosed = true;
      for (const child of children) {
        addShard(child, shardId);
      }
    },
    trim: (shardId) => {
      const shard = requireShard(shardId);
      shard.trimmedTo = lastNumber;
      shard.records.length = 0;
    },
    forget: (shardId) => {
      shards.delete(shardId);
    },
    expireIterators: () => iterators.clear(),
    throttle: (times) => {
      refusals = times;
    },
    api: {
      describeStream: async ({ ExclusiveStartShardId }) => {
        count('describeStream');
        const ids = [...shards.keys()].sort();
        const from =
          ExclusiveStartShardId === undefined ? 0 : ids.indexOf(ExclusiveStartShardId) + 1;
        const page = ids.slice(from, from + PAGE);
        return {
          StreamDescription: {
            Shards: page.map((ShardId) => ({
              ShardId,
              ParentShardId: shards.get(ShardId)?.parent,
            })),
            LastEvaluatedShardId: from + PAGE < ids.length ? page.at(-1) : undefined,
          },
        };
      },
      getShardIterator: async (input) => {
        count('getShardIterator');
        const shard = requireShard(input.ShardId);
        const after = startOf(input);
        if (input.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' && after < shard.trimmedTo) {
          throw trimmed();
        }
        return { ShardIterator: issueIterator(input.ShardId ?? '', after) };
      },
      getRecords: async ({ ShardIterator, Limit = MAX_RECORDS }): Promise<GetRecordsOutput> => {
        count('getRecords');
        const iterator = iterators.get(ShardIterator ?? '');
        if (iterator === undefined) {
          throw new ExpiredIteratorException({ message: 'Iterator expired', $metadata: {} });
        }
        const shard = requireShard(iterator.shardId);
        if (iterator.after > 0n && iterator.after < shard.trimmedTo) {
          throw trimmed();
        }
        const left = shard.records.filter(({ number }) => number > iterator.after);
        const page = left.slice(0, Math.min(Limit, MAX_RECORDS));
        const isAtEnd = shard.isClosed && page.length === left.length;
        const after = page.at(-1)?.number ?? iterator.after;
        return {
          Records: page.map(({ record }) => record),
          NextShardIterator: isAtEnd ? undefined : issueIterator(iterator.shardId, after),
        };
      },
    },
  };
}

function trimmed(): TrimmedDataAccessException {
  return new TrimmedDataAccessException({ message: 'Beyond the trim horizon', $metadata: {} });
}
