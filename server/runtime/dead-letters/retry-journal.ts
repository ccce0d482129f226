import { and, eq, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { journalAggregates, journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import type { DeadLetterKey, RetryOutcome } from './retry-outcome.ts';
import type { SkipReason } from './retry-projected.ts';

type JournalDeps = {
  readonly db: Db;
  readonly store: Pick<EventStore, 'read' | 'getRawItem'>;
};

/** So many events are read from the event store at a time. */
const PORTION = 1_000;

/**
 * Brings an aggregate into the journal from where it waits, out of the event store. While that lasts
 * the dead letter is `retrying`: ingest no longer passes the aggregate's events by, so that none is
 * missed between the last one read here and the next one delivered. Cut off, it leaves the dead
 * letter as it is then, and can be repeated. Throws transient errors.
 */
export async function retryJournal(
  deps: JournalDeps,
  key: DeadLetterKey,
  operator: Operator,
): Promise<RetryOutcome> {
  const isFound = await deps.db.transaction(async (tx) => {
    await lockHead(tx);
    const found = await tx
      .update(deadLetters)
      .set({ status: 'retrying' })
      .where(isWaiting(key))
      .returning({ status: deadLetters.status });
    if (found.length > 0) {
      const effect = { ...key, outcome: 'started' };
      await recordOperatorAction(tx, operator, 'retry-dead-letter', JOURNAL, effect);
    }
    return found.length > 0;
  });
  return isFound ? catchUp(deps, key, operator, 'retry-dead-letter') : { kind: 'gone' };
}

/**
 * Leaves an event out of the journal for ever, and with it out of every projection, and brings in
 * what waits behind it. The next event is `retrying` meanwhile. Throws EVENT_CONFLICT for what is in
 * the journal already, and as `retryJournal` does.
 */
export async function skipJournal(
  deps: JournalDeps,
  key: DeadLetterKey,
  operator: SkipReason,
): Promise<RetryOutcome> {
  const next = { ...key, eventSequence: key.eventSequence + 1 };
  const isFound = await deps.db.transaction(async (tx) => {
    await lockHead(tx);
    await refuseConflict(tx, key);
    const [row] = await tx
      .update(deadLetters)
      .set({
        status: 'skipped',
        skippedAt: sql`now()`,
        skippedBy: operator.actor,
        skipReason: operator.reason,
      })
      .where(isWaiting(key))
      .returning();
    if (row === undefined) {
      return false;
    }
    const { aggregateId, eventSequence } = key;
    await tx
      .insert(journalAggregates)
      .values({ aggregateId, eventSequence })
      .onConflictDoUpdate({
        target: journalAggregates.aggregateId,
        set: { eventSequence: sql`greatest(journal_aggregates.event_sequence, ${eventSequence})` },
      });
    await tx.insert(deadLetters).values({
      ...row,
      eventSequence: next.eventSequence,
      eventId: null,
      eventType: null,
      error: `Waits to be read behind event ${eventSequence}, which was skipped: retry.`,
      errorGroup: 'Waits to be read behind a skipped event: retry.',
      stack: null,
      rawItem: null,
      attempts: 0,
      status: 'retrying',
      skippedAt: null,
      skippedBy: null,
      skipReason: null,
    });
    const effect = { ...key, error: row.error, outcome: 'started' };
    await recordOperatorAction(tx, operator, 'skip-dead-letter', JOURNAL, effect);
    return true;
  });
  return isFound ? catchUp(deps, next, operator, 'skip-dead-letter') : { kind: 'gone' };
}

async function catchUp(
  { db, store }: JournalDeps,
  key: DeadLetterKey,
  operator: Operator,
  action: string,
): Promise<RetryOutcome> {
  const ingest = createIngest({ db, store });
  const { aggregateId } = key;
  let applied = 0;
  // A conflict lies within what the journal has: it is compared again.
  for (let from = Math.min((await headOf(db, aggregateId)) + 1, key.eventSequence); ; ) {
    const range = { from, to: from + PORTION - 1 };
    const events = await readDelivered(store, aggregateId, range, { areKnown: false });
    applied += (await ingest(events)).inserted;
    const last = events.at(-1);
    if (last === undefined || isBroken(last)) {
      break;
    }
    from = last.eventSequence + 1;
  }
  return db.transaction(async (tx) => {
    await lockHead(tx);
    await tx.delete(deadLetters).where(and(isWaiting(key), eq(deadLetters.status, 'retrying')));
    const [dead] = await tx
      .select({ at: deadLetters.eventSequence, error: deadLetters.error })
      .from(deadLetters)
      .where(
        and(
          eq(deadLetters.projection, JOURNAL),
          eq(deadLetters.aggregateId, aggregateId),
          eq(deadLetters.status, 'dead'),
        ),
      );
    const outcome: RetryOutcome =
      dead === undefined ? { kind: 'applied', applied } : { kind: 'dead', applied, ...dead };
    const effect = { ...key, outcome: outcome.kind, ...outcome };
    await recordOperatorAction(tx, operator, action, JOURNAL, effect);
    return outcome;
  });
}

/** Ingest reads and writes the journal's dead letters behind this lock. */
async function lockHead(tx: Tx): Promise<void> {
  await tx.insert(journalHead).values({ slice: 0, position: 0 }).onConflictDoNothing();
  await tx.select().from(journalHead).where(eq(journalHead.slice, 0)).for('update');
}

/** What is in the journal cannot be left out of it. */
async function refuseConflict(tx: Tx, key: DeadLetterKey): Promise<void> {
  const [conflict] = await tx
    .select({ error: deadLetters.error })
    .from(deadLetters)
    .where(and(isWaiting(key), eq(deadLetters.category, 'conflict')));
  if (conflict !== undefined) {
    const sentence = `A conflict cannot be skipped, only resolved. ${conflict.error}`;
    throw new PlayheadError('EVENT_CONFLICT', sentence);
  }
}

async function headOf(db: Db, aggregateId: string): Promise<number> {
  const [row] = await db
    .select({ eventSequence: journalAggregates.eventSequence })
    .from(journalAggregates)
    .where(eq(journalAggregates.aggregateId, aggregateId));
  return row?.eventSequence ?? 0;
}

function isWaiting({ aggregateId, eventSequence }: DeadLetterKey) {
  return and(
    eq(deadLetters.projection, JOURNAL),
    eq(deadLetters.aggregateId, aggregateId),
    eq(deadLetters.eventSequence, eventSequence),
    sql`${deadLetters.status} <> 'skipped'`,
  );
}
