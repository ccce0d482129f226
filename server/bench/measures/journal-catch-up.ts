import { randomUUID } from 'node:crypto';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { sql } from 'drizzle-orm';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { TRIM_HORIZON } from '#server/runtime/stream/checkpoint.ts';
import { createConsumer } from '#server/runtime/stream/consumer.ts';
import { createLease, listLeases, removeLease } from '#server/runtime/stream/lease-table.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { MAX_PAGE } from '#server/runtime/stream/read-shard.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';
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

/**
 * Empties the journal, and puts the consumer at the oldest record of the stream: without a lease it
 * would read the event store first, for a stream may have lost what came before.
 */
async function forget({ dynamo, postgres: { db } }: Stores): Promise<void> {
  const now = new Date().toISOString();
  for (const lease of await listLeases(dynamo, 'journal')) {
    await removeLease(dynamo, lease);
  }
  const api = createStreamsApi(dynamo.streams);
  for (const shard of await listShards(api, await getStreamArn(dynamo))) {
    await createLease(dynamo, {
      shardId: shard.shardId,
      parents: [...shard.parents],
      consumer: 'journal',
      owner: null,
      counter: 0,
      checkpoint: TRIM_HORIZON,
      updatedAt: now,
    });
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

/** Reads the stream page by page, the next one while a page is inserted. */
async function copyBare({ dynamo, postgres: { db } }: Stores, events: number): Promise<void> {
  const api = createStreamsApi(dynamo.streams);
  const StreamArn = await getStreamArn(dynamo);
  const [shard] = await listShards(api, StreamArn);
  const start = await api.getShardIterator({
    StreamArn,
    ShardId: shard?.shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const read = (ShardIterator?: string) => api.getRecords({ ShardIterator, Limit: MAX_PAGE });
  let reading = read(start.ShardIterator);
  for (let position = 0; position < events; ) {
    const { Records = [], NextShardIterator } = await reading;
    reading = read(NextShardIterator);
    const images = Records.map(({ dynamodb }) => unmarshall(dynamodb?.NewImage ?? {}));
    await insertBare(db, images, position);
    position += images.length;
  }
  await reading;
}

/**
 * Columns as arrays: of an array per column, one JSON text for all rows and a list of VALUES, this
 * was the fastest (in rows a second: 34,000, 27,000 and 27,000).
 */
async function insertBare(
  db: Db,
  images: readonly Record<string, unknown>[],
  position: number,
): Promise<void> {
  const column = (name: string) => sql.param(images.map((image) => image[name]));
  const json = (name: string) => sql.param(images.map((image) => JSON.stringify(image[name])));
  await db.execute(sql`
    INSERT INTO ${journal} (
      position, aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata
    )
    SELECT ${position}::bigint + place, aggregate_id, event_sequence, event_id, event_type,
      event_data::jsonb, correlation_id, causation_id, "timestamp", version, metadata::jsonb
    FROM unnest(
      ${column('aggregateId')}::text[], ${column('eventSequence')}::integer[],
      ${column('eventId')}::text[], ${column('eventType')}::text[], ${json('eventData')}::text[],
      ${column('correlationId')}::text[], ${column('causationId')}::text[],
      ${column('timestamp')}::timestamptz[], ${column('version')}::integer[],
      ${json('metadata')}::text[]
    ) WITH ORDINALITY AS event (
      aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, place
    )
  `);
}
