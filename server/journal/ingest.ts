import type postgres from 'postgres';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import { JOURNAL_CHANNEL, toPgNotify } from '#server/platform/notifications.ts';
import type { Db } from '#server/platform/postgres.ts';
import { type Gap, planIngest } from './ingest-plan.ts';
import { insertEvents } from './insert-events.ts';

/** How many events were new, those that filled gaps included, and the journal's head afterwards. */
export type IngestResult = { readonly inserted: number; readonly position: number };

export type Ingest = (events: readonly StoredEvent[]) => Promise<IngestResult>;

/** So many events fill a gap per transaction, whatever its length. */
const FILL_SIZE = 2_000;

/** Filling gaps this often without an end means that something removes what was filled. */
const MAX_FILLS = 5;

type Attempt =
  | ({ readonly kind: 'done' } & IngestResult)
  | { readonly kind: 'gap'; readonly gaps: readonly Gap[] };

/**
 * Makes the journal's entrance. Events may come twice, late and out of order, and over several
 * calls at once: each ends up in the journal once, after its aggregate's event before it. What is
 * missing in between is read from the event store, outside of any transaction.
 * Throws SEQUENCE_GAP when the event store itself lacks an event, and PostgreSQL's errors as they are;
 * the batch can be ingested again then.
 */
export function createIngest({
  db,
  store,
}: {
  readonly db: Db;
  readonly store: Pick<EventStore, 'read'>;
}): Ingest {
  const sql = db.$client;
  return async (batch) => {
    let filled = 0;
    for (let fills = 0; fills <= MAX_FILLS; fills += 1) {
      const attempt = await insertBatch(sql, batch);
      if (attempt.kind === 'done') {
        return { inserted: filled + attempt.inserted, position: attempt.position };
      }
      filled += await fill(sql, store, attempt.gaps);
    }
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `Gaps in the journal were filled ${MAX_FILLS} times and are there again.`,
    );
  };
}

/**
 * One transaction. The head's row is locked first and until the commit: appends are serialised, so
 * that positions become visible in their order. The aggregates' sequences are read by a statement
 * of its own behind the lock, for a statement sees what was committed when it began.
 */
async function insertBatch(sql: postgres.Sql, batch: readonly StoredEvent[]): Promise<Attempt> {
  const aggregateIds = [...new Set(batch.map((event) => event.aggregateId))];
  return sql.begin(async (tx): Promise<Attempt> => {
    const [head, sequences] = await Promise.all([
      lockHead(tx),
      tx<{ aggregate_id: string; event_sequence: number }[]>`
        SELECT aggregate_id, event_sequence FROM journal_aggregates
        WHERE aggregate_id = ANY(${aggregateIds}::text[])
      `,
    ]);
    const { events, heads, gaps } = planIngest(
      batch,
      new Map(sequences.map((row) => [row.aggregate_id, row.event_sequence])),
    );
    if (gaps.length > 0) {
      return { kind: 'gap', gaps };
    }
    const position = head + events.length;
    if (events.length > 0) {
      const notification = { channel: JOURNAL_CHANNEL, payload: String(position) };
      const [channel, payload] = toPgNotify(notification);
      await Promise.all([
        insertEvents(tx, events, head + 1),
        moveHeads(tx, heads),
        tx`UPDATE journal_head SET position = ${position} WHERE slice = 0`,
        tx`SELECT pg_notify(${channel}, ${payload})`,
      ]);
    }
    return { kind: 'done', inserted: events.length, position };
  });
}

async function lockHead(tx: postgres.TransactionSql): Promise<number> {
  const [row] = await tx<{ position: string }[]>`
    INSERT INTO journal_head (slice, position) VALUES (0, 0)
    ON CONFLICT (slice) DO UPDATE SET position = journal_head.position
    RETURNING position
  `;
  return Number(row?.position);
}

async function moveHeads(
  tx: postgres.TransactionSql,
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  await tx`
    INSERT INTO journal_aggregates (aggregate_id, event_sequence)
    SELECT * FROM unnest(${[...heads.keys()]}::text[], ${[...heads.values()]}::integer[])
    ON CONFLICT (aggregate_id) DO UPDATE SET event_sequence = excluded.event_sequence
  `;
}

/**
 * Reads gaps from the event store and ingests them ahead of the batch, in bounded portions. Answers
 * how many events were new.
 */
async function fill(
  sql: postgres.Sql,
  store: Pick<EventStore, 'read'>,
  gaps: readonly Gap[],
): Promise<number> {
  let inserted = 0;
  let portion: StoredEvent[] = [];
  for (const gap of gaps) {
    for (let from = gap.from; from <= gap.to; from += FILL_SIZE) {
      const range = { from, to: Math.min(gap.to, from + FILL_SIZE - 1) };
      portion.push(...(await readAll(store, gap.aggregateId, range)));
      if (portion.length >= FILL_SIZE) {
        inserted += countNew(await insertBatch(sql, portion));
        portion = [];
      }
    }
  }
  return inserted + countNew(await insertBatch(sql, portion));
}

function countNew(attempt: Attempt): number {
  return attempt.kind === 'done' ? attempt.inserted : 0;
}

async function readAll(
  store: Pick<EventStore, 'read'>,
  aggregateId: string,
  range: { readonly from: number; readonly to: number },
): Promise<StoredEvent[]> {
  const events = await store.read(aggregateId, range);
  if (events.length !== range.to - range.from + 1) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `The event store has ${events.length} of the events ${range.from} to ${range.to} of ` +
        `${aggregateId}, although it has delivered a later one.`,
    );
  }
  return events;
}
