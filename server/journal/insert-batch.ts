import type postgres from 'postgres';
import type { DeliveredEvent } from '#server/event-store/delivered-event.ts';
import { JOURNAL_CHANNEL, toPgNotify } from '#server/platform/notifications.ts';
import { buryBroken } from './bury-broken.ts';
import { JOURNAL } from './dead-letters-table.ts';
import { type Gap, planIngest } from './ingest-plan.ts';
import { insertEvents } from './insert-events.ts';

/** Inserted as a whole (how many were new, and the head then), or not at all because of gaps. */
export type Insertion =
  | { readonly kind: 'done'; readonly inserted: number; readonly position: number }
  | { readonly kind: 'gap'; readonly gaps: readonly Gap[] };

/**
 * Inserts a batch in one transaction. The head's row is locked first and until the commit: appends
 * are serialised, so that positions become visible in their order. What is known of the aggregates
 * is read by statements of their own behind the lock, for a statement sees what was committed when
 * it began. `attempts` is how often a broken event in the batch has been tried.
 */
export async function insertBatch(
  sql: postgres.Sql,
  batch: readonly DeliveredEvent[],
  attempts = 1,
): Promise<Insertion> {
  const aggregateIds = [...new Set(batch.map((event) => event.aggregateId))];
  return sql.begin(async (tx): Promise<Insertion> => {
    const [head, sequences, letters] = await Promise.all([
      lockHead(tx),
      tx<Sequence[]>`
        SELECT aggregate_id, event_sequence FROM journal_aggregates
        WHERE aggregate_id = ANY(${aggregateIds}::text[])
      `,
      tx<Sequence[]>`
        SELECT aggregate_id, event_sequence FROM dead_letters
        WHERE projection = ${JOURNAL} AND status = 'dead'
          AND aggregate_id = ANY(${aggregateIds}::text[])
      `,
    ]);
    const plan = planIngest(batch, { heads: toMap(sequences), dead: toMap(letters) });
    if (plan.gaps.length > 0) {
      return { kind: 'gap', gaps: plan.gaps };
    }
    await buryBroken(tx, plan.broken, attempts);
    const { events, heads } = plan;
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

type Sequence = { readonly aggregate_id: string; readonly event_sequence: number };

function toMap(rows: readonly Sequence[]): Map<string, number> {
  return new Map(rows.map((row) => [row.aggregate_id, row.event_sequence]));
}

/** Holds off every other ingest until the transaction ends; answers the newest position. */
export async function lockHead(tx: postgres.TransactionSql): Promise<number> {
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
