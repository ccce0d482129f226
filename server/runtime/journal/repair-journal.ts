import { and, eq, gt, gte, lt, max, min, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { compareJournalRow } from './compare-journal-row.ts';
import { deadLetters, JOURNAL } from './dead-letters-table.ts';
import { lockHead, moveHead } from './insert-batch.ts';
import { insertEvents } from './insert-events.ts';
import { journal, journalAggregates } from './journal-table.ts';
import { toNulFree } from './nul-free.ts';
import { readAggregateJournal } from './read-journal.ts';

/** Rows of an aggregate that were not what the event store says, and rows that were not there. */
export type JournalRepair = { readonly altered: number; readonly restored: number };

/** So many events are compared in one transaction; ingest waits for that long. */
const PORTION = 500;

/**
 * Makes an aggregate's rows in the journal what the event store says. A row keeps its position; one
 * that is gone comes back where it was, so that the aggregate stays in its order. What ingest has not
 * taken yet, waits at or was told to leave out is none of its business. It can be cut off and begun
 * again. Throws SEQUENCE_GAP when an event has no place left between those around it, EVENT_CONFLICT
 * when the journal has more events than the event store, and what the databases throw.
 */
export async function repairJournal(
  { db, store }: { readonly db: Db; readonly store: Pick<EventStore, 'read' | 'getRawItem'> },
  aggregateId: string,
): Promise<JournalRepair> {
  let altered = 0;
  let restored = 0;
  for (let from = 1; ; ) {
    const range = { from, to: from + PORTION - 1 };
    const events = await readDelivered(store, aggregateId, range, { areKnown: false });
    const last = events.at(-1);
    if (last === undefined) {
      await refuseSurplus(db, aggregateId, from);
      return { altered, restored };
    }
    const mended = await db.transaction((tx) => mend(tx, aggregateId, events));
    altered += mended.altered;
    restored += mended.restored;
    from = last.eventSequence + 1;
  }
}

/**
 * Throws EVENT_CONFLICT when the journal has events of an aggregate from sequence `from` on, which the
 * event store has not: without them its positions would have gaps.
 */
async function refuseSurplus(db: Db, aggregateId: string, from: number): Promise<void> {
  const surplus = await db.$count(
    journal,
    and(eq(journal.aggregateId, aggregateId), gte(journal.eventSequence, from)),
  );
  if (surplus > 0) {
    throw new PlayheadError(
      'EVENT_CONFLICT',
      `The journal has ${surplus} events of ${aggregateId} from event ${from} on that the event store ` +
        'has not. Empty PostgreSQL and start again: that makes the journal anew.',
    );
  }
}

async function mend(
  tx: Tx,
  aggregateId: string,
  events: readonly DeliveredEvent[],
): Promise<JournalRepair> {
  const head = await lockHead(tx);
  const expected = await listExpected(tx, aggregateId, events);
  const [first] = expected;
  if (first === undefined) {
    return { altered: 0, restored: 0 };
  }
  const from = first.eventSequence;
  const to = expected.at(-1)?.eventSequence ?? from;
  const found = await readAggregateJournal(tx, aggregateId, {
    from,
    upTo: head,
    limit: to - from + 1,
  });
  const rows = new Map(found.map((row) => [row.eventSequence, row]));
  let newest = head;
  let before = await positionBefore(tx, aggregateId, from);
  let altered = 0;
  let restored = 0;
  for (const event of expected) {
    const row = rows.get(event.eventSequence);
    if (row === undefined) {
      before = await findPlace(tx, event, before, newest);
      newest = Math.max(newest, before);
      await tx.delete(journal).where(eq(journal.position, before));
      await insertEvents(tx, [event], before);
      restored += 1;
    } else {
      before = row.position;
      if (compareJournalRow(event, row).length > 0) {
        const { timestamp, ...columns } = toNulFree(event);
        await tx
          .update(journal)
          .set({ ...columns, timestamp: new Date(timestamp) })
          .where(eq(journal.position, row.position));
        altered += 1;
      }
    }
  }
  if (altered + restored > 0) {
    await moveHead(tx, newest);
  }
  return { altered, restored };
}

/** Those of these events that ingest has taken: not skipped ones, and none behind what it holds. */
async function listExpected(
  tx: Tx,
  aggregateId: string,
  events: readonly DeliveredEvent[],
): Promise<StoredEvent[]> {
  const [taken] = await tx
    .select({ upTo: journalAggregates.eventSequence })
    .from(journalAggregates)
    .where(eq(journalAggregates.aggregateId, aggregateId));
  const skipped = await tx
    .select({ eventSequence: deadLetters.eventSequence })
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.projection, JOURNAL),
        eq(deadLetters.aggregateId, aggregateId),
        eq(deadLetters.status, 'skipped'),
      ),
    );
  const leftOut = new Set(skipped.map(({ eventSequence }) => eventSequence));
  return events.flatMap((event) =>
    isBroken(event) || leftOut.has(event.eventSequence) || event.eventSequence > (taken?.upTo ?? 0)
      ? []
      : [event],
  );
}

async function positionBefore(tx: Tx, aggregateId: string, sequence: number): Promise<number> {
  const [row] = await tx
    .select({ position: max(journal.position) })
    .from(journal)
    .where(and(eq(journal.aggregateId, aggregateId), lt(journal.eventSequence, sequence)));
  return row?.position ?? 0;
}

/**
 * Where an event goes that is missing: behind the one before it and ahead of the next one, at a
 * position that is free, or held by the event itself under another key. The newest of its aggregate
 * may go behind everything.
 */
async function findPlace(
  tx: Tx,
  { aggregateId, eventSequence, eventId }: StoredEvent,
  before: number,
  head: number,
): Promise<number> {
  const [next] = await tx
    .select({ position: min(journal.position) })
    .from(journal)
    .where(
      and(
        eq(journal.aggregateId, aggregateId),
        gt(journal.eventSequence, eventSequence),
        sql`${journal.eventId} <> ${eventId}`,
      ),
    );
  const end = next?.position ?? null;
  const rows = await tx.execute<{ position: string }>(sql`
    SELECT place AS position
    FROM generate_series(${before}::bigint + 1, ${end === null ? head : end - 1}::bigint) AS place
    WHERE NOT EXISTS (
      SELECT FROM ${journal} WHERE position = place AND event_id <> ${eventId}
    )
    ORDER BY place LIMIT 1
  `);
  const [free] = rows;
  if (free !== undefined) {
    return Number(free.position);
  }
  if (end === null) {
    return head + 1;
  }
  throw new PlayheadError(
    'SEQUENCE_GAP',
    `The journal lacks event ${eventSequence} of ${aggregateId}, and has no position left for it ` +
      `between ${before} and ${end}. Empty PostgreSQL and start again: that makes the journal anew.`,
  );
}
