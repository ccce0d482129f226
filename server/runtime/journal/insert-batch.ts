import { sql } from 'drizzle-orm';
import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { JOURNAL_CHANNEL, toPgNotify } from '#server/runtime/platform/notifications.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { deadLetters, JOURNAL } from './dead-letters-table.ts';
import { findConflicts } from './find-conflicts.ts';
import { type Gap, planIngest } from './ingest-plan.ts';
import { insertEvents } from './insert-events.ts';
import { journalAggregates, journalHead } from './journal-table.ts';
import { recordBrokenEvents } from './record-broken-events.ts';

/** Inserted as a whole (what was new, and the head then), or not at all because of gaps. */
export type Insertion =
  | { readonly kind: 'done'; readonly events: readonly StoredEvent[]; readonly position: number }
  | { readonly kind: 'gap'; readonly gaps: readonly Gap[] };

/**
 * Inserts a batch in one transaction. The head's row is locked first and until the commit: appends
 * are serialised, so that positions become visible in their order. What is known of the aggregates
 * is read by statements of their own behind the lock, for a statement sees what was committed when
 * it began. `attempts` is how often a broken event in the batch has been tried.
 */
export async function insertBatch(
  db: Db,
  batch: readonly DeliveredEvent[],
  attempts = 1,
): Promise<Insertion> {
  const aggregateIds = [...new Set(batch.map((event) => event.aggregateId))];
  const ids = sql`${sql.param(aggregateIds)}::text[]`;
  return db.transaction(async (tx): Promise<Insertion> => {
    const head = await lockHead(tx);
    const heads = await tx.execute<Sequence>(sql`
      SELECT aggregate_id, event_sequence FROM ${journalAggregates} WHERE aggregate_id = ANY(${ids})
    `);
    const dead = await tx.execute<Sequence & { category: string }>(sql`
      SELECT aggregate_id, event_sequence, category FROM ${deadLetters}
      WHERE projection = ${JOURNAL} AND status = 'dead' AND aggregate_id = ANY(${ids})
    `);
    const known = { heads: toMap(heads), dead: toMap(dead) };
    const knownConflicts = dead.filter(({ category }) => category === 'conflict');
    const conflicting = new Set(knownConflicts.map((row) => row.aggregate_id));
    // Nearly every batch is new as a whole, and pays nothing for this.
    const again = batch.filter(
      ({ aggregateId, eventSequence }) =>
        eventSequence <= (known.heads.get(aggregateId) ?? 0) && !conflicting.has(aggregateId),
    );
    const conflicts = again.length > 0 ? await findConflicts(tx, again) : [];
    for (const { aggregateId } of conflicts) {
      conflicting.add(aggregateId);
    }
    const plan = planIngest(batch, { ...known, conflicting });
    if (plan.gaps.length > 0) {
      return { kind: 'gap', gaps: plan.gaps };
    }
    await recordBrokenEvents(tx, [...conflicts, ...plan.broken], attempts);
    const position = head + plan.events.length;
    if (plan.events.length > 0) {
      await insertEvents(tx, plan.events, head + 1);
      await moveHeads(tx, plan.heads);
      await moveHead(tx, position);
    }
    if (plan.repeated.length > 0) {
      await recordBrokenEvents(tx, await findConflicts(tx, plan.repeated), attempts);
    }
    return { kind: 'done', events: plan.events, position };
  });
}

type Sequence = { aggregate_id: string; event_sequence: number };

function toMap(rows: readonly Sequence[]): Map<string, number> {
  return new Map(rows.map((row) => [row.aggregate_id, row.event_sequence]));
}

/** Holds off every other ingest until the transaction ends; answers the newest position. */
export async function lockHead(tx: Tx): Promise<number> {
  const rows = await tx.execute<{ position: string }>(sql`
    INSERT INTO ${journalHead} AS held (slice, position) VALUES (0, 0)
    ON CONFLICT (slice) DO UPDATE SET position = held.position
    RETURNING held.position
  `);
  return Number(rows[0]?.position);
}

async function moveHeads(tx: Tx, heads: ReadonlyMap<string, number>): Promise<void> {
  const [ids, sequences] = [[...heads.keys()], [...heads.values()]];
  await tx.execute(sql`
    INSERT INTO ${journalAggregates} (aggregate_id, event_sequence)
    SELECT * FROM unnest(${sql.param(ids)}::text[], ${sql.param(sequences)}::integer[])
    ON CONFLICT (aggregate_id) DO UPDATE SET event_sequence = excluded.event_sequence
  `);
}

/** Notes the newest position, and tells who listens once the transaction commits. */
export async function moveHead(tx: Tx, position: number): Promise<void> {
  const [channel, payload] = toPgNotify({ channel: JOURNAL_CHANNEL, payload: String(position) });
  await tx.execute(sql`
    WITH moved AS (UPDATE ${journalHead} SET position = ${position} WHERE slice = 0)
    SELECT pg_notify(${channel}, ${payload})
  `);
}
