import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { z } from 'zod';

/**
 * The engine reads its whole table of stream records on every write and on every poll; with these
 * two indexes it reads what it needs, and stays as fast with its 100,000th event as with its first.
 * The second one also has the sequence number itself, which DescribeStream looks for the least and the
 * greatest of: without it that is a read of every record.
 */
const STREAM_TABLE = `
  CREATE TABLE IF NOT EXISTS _stream_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, event_name TEXT NOT NULL,
    keys_json TEXT NOT NULL, new_image TEXT, old_image TEXT, sequence_number TEXT NOT NULL,
    shard_id TEXT NOT NULL, created_at INTEGER NOT NULL, user_identity TEXT);
  CREATE INDEX IF NOT EXISTS playhead_stream_sequence
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS playhead_stream_records
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER), sequence_number);
  DROP INDEX IF EXISTS playhead_stream_shard;`;

/** Who reads the stream: what one of them has not read must stay. */
export const STREAM_CONSUMERS: readonly string[] = ['journal', 'hot-views'];

/** As long as AWS keeps them. */
const KEPT_SECONDS = 24 * 60 * 60;

const CHUNK = 10_000;

/** For how long a start may be held up by it; the rest is trimmed at the next one. */
const BUDGET_MS = 5_000;

/**
 * Makes the engine's database file ready for its start: the table of stream records with its indexes,
 * without records that are older than a day and that every consumer has behind it. Only while the
 * engine is stopped. Answers how many records were trimmed. Throws what SQLite throws.
 */
export async function prepareStreamRecords(file: string, now = new Date()): Promise<number> {
  // Left behind by a process that was killed over this; whoever may call it is alone with the file.
  await rm(`${file}.lock`, { recursive: true, force: true });
  const database = new sqlite.Database(file);
  try {
    // The engine keeps a write-ahead log, which this build of SQLite can only read when it is alone.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec(STREAM_TABLE);
    return await trim(database, Math.floor(now.getTime() / 1_000) - KEPT_SECONDS);
  } finally {
    database.close();
  }
}

type Database = InstanceType<typeof sqlite.Database>;

const namesSchema = z.array(z.object({ name: z.string() }));
const numberSchema = z.object({ value: z.number().nullable() });

/** The leases that an events table's consumers keep beside it: an attribute of DynamoDB's each. */
const leasesSchema = z.array(
  z.object({
    item: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(
        z.object({
          consumer: z.object({ S: z.string() }),
          checkpoint: z.object({ S: z.string() }).optional(),
        }),
      ),
  }),
);

async function trim(database: Database, olderThan: number): Promise<number> {
  const names = namesSchema
    .parse(database.all("SELECT name FROM sqlite_master WHERE type = 'table'"))
    .map(({ name }) => name);
  const deadline = performance.now() + BUDGET_MS;
  let trimmed = 0;
  for (const table of names.filter((name) => name.endsWith('events'))) {
    const leases = table.replace(/events$/, 'leases');
    const end = names.includes(leases) ? findEnd(database, leases) : undefined;
    const oldest = numberSchema.parse(
      database.get(
        'SELECT MIN(CAST(sequence_number AS INTEGER)) AS value FROM _stream_records WHERE table_name = ?',
        [table],
      ),
    ).value;
    if (end === undefined || oldest === null) {
      continue;
    }
    for (let from = oldest; from < end && performance.now() < deadline; from += CHUNK) {
      const range = [table, Math.min(from + CHUNK, end)];
      const isOld =
        numberSchema.parse(
          database.get(
            `SELECT MAX(created_at) AS value FROM _stream_records
             WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ?`,
            range,
          ),
        ).value ?? 0;
      if (isOld >= olderThan) {
        break;
      }
      trimmed += database.run(
        'DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ?',
        range,
      ).changes;
      await setImmediate();
    }
  }
  return trimmed;
}

/**
 * The record up to which all consumers have come, which stays, so that each goes on right behind the
 * one that it names, and the engine, which counts on from the greatest number that is left, never
 * gives one twice. Undefined while a consumer is not at a record: it reads from the oldest one.
 */
function findEnd(database: Database, leases: string): number | undefined {
  const rows = leasesSchema.parse(
    database.all(
      `SELECT item_json AS item FROM "${leases}" WHERE pk IN (${STREAM_CONSUMERS.map(() => '?').join(', ')})`,
      STREAM_CONSUMERS.map((name) => `S:${name}`),
    ),
  );
  const known = new Set(rows.map(({ item }) => item.consumer.S));
  const checkpoints = rows.map(({ item }) => Number(item.checkpoint?.S));
  return STREAM_CONSUMERS.every((name) => known.has(name)) &&
    checkpoints.every(Number.isSafeInteger)
    ? Math.min(...checkpoints)
    : undefined;
}
