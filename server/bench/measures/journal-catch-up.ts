import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { toDeliveredEvent } from '#server/event-store/delivered-event.ts';
import { createIngest } from '#server/journal/ingest.ts';
import { journal } from '#server/journal/journal-table.ts';
import { createLogger } from '#server/platform/logger.ts';
import type { Db } from '#server/platform/postgres.ts';
import { createConsumer } from '#server/stream/consumer.ts';
import { listLeases, removeLease } from '#server/stream/lease-table.ts';
import { listShards } from '#server/stream/list-shards.ts';
import { MAX_PAGE } from '#server/stream/read-shard.ts';
import { toStreamRecord } from '#server/stream/stream-record.ts';
import { createStreamsApi, getStreamArn } from '#server/stream/streams-api.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { writeSyntheticEvents } from '../synthetic-events.ts';
import { type Stores, withStores } from '../with-stores.ts';

/**
 * Events a second from the stream into an empty journal, by the worker's consumer from taking its
 * lease on. The bare loop reads the same pages of the stream and inserts the same rows into the same
 * table, a page per statement, a statement per transaction.
 */
export async function measureJournalCatchUp(
  { env }: Pick<BenchInstance, 'env'>,
  { events = 20_000, accounts = 1_000, rounds = 5 } = {},
): Promise<Result> {
  return withStores(env, async (stores) => {
    await writeSyntheticEvents(stores.dynamo, { events, accounts });
    const compared = await compare({
      amount: events,
      rounds,
      unit: 'events/s',
      playhead: async () => {
        await forget(stores);
        return () => catchUp(stores, events);
      },
      bare: async () => {
        await forget(stores);
        return () => copyBare(stores, events);
      },
    });
    return {
      name: 'journal-catch-up',
      title: 'Journal, caught up from the stream',
      ...compared,
      limits: [
        { label: 'ratio', value: compared.ratio.median, unit: '', bound: 'at least', limit: 0.7 },
      ],
    };
  });
}

async function forget({ dynamo, postgres: { db } }: Stores): Promise<void> {
  for (const lease of await listLeases(dynamo, 'journal')) {
    await removeLease(dynamo, lease);
  }
  await db.execute(sql`TRUNCATE journal, journal_aggregates, journal_head`);
}

async function catchUp({ dynamo, store, postgres: { db } }: Stores, events: number) {
  const ingest = createIngest({ db, store });
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const consumer = createConsumer({
    dynamo,
    name: 'journal',
    workerId: randomUUID(),
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'bench'),
    pollIntervalMs: 20,
    receiver: {
      parse: toDeliveredEvent,
      readAll: () => store.scanDelivered(),
      deliver: async (batch) => {
        const { position } = await ingest(batch);
        if (position === events) {
          arrive();
        }
      },
    },
  });
  await arrived;
  await consumer.stop();
}

async function copyBare({ dynamo, postgres: { db } }: Stores, events: number): Promise<void> {
  const api = createStreamsApi(dynamo.streams);
  const StreamArn = await getStreamArn(dynamo);
  const [shard] = await listShards(api, StreamArn);
  const from = { ShardId: shard?.shardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  let { ShardIterator: iterator } = await api.getShardIterator({ StreamArn, ...from });
  let position = 0;
  while (position < events) {
    const page = await api.getRecords({ ShardIterator: iterator, Limit: MAX_PAGE });
    const images = (page.Records ?? []).map((record) => toStreamRecord(record).image);
    await insertBare(db, images, position);
    position += images.length;
    iterator = page.NextShardIterator;
  }
}

/** One text of JSON for all rows: the fastest way of several that were tried with this driver. */
async function insertBare(db: Db, images: readonly unknown[], position: number): Promise<void> {
  await db.execute(sql`
    INSERT INTO ${journal} (
      position, aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata
    )
    SELECT ${position}::bigint + row_number() OVER (), "aggregateId", "eventSequence", "eventId",
      "eventType", "eventData", "correlationId", "causationId", "timestamp", version, metadata
    FROM json_to_recordset(${JSON.stringify(images)}::json) AS event (
      "aggregateId" text, "eventSequence" integer, "eventId" text, "eventType" text,
      "eventData" jsonb, "correlationId" text, "causationId" text, "timestamp" timestamptz,
      version integer, metadata jsonb
    )
  `);
}
