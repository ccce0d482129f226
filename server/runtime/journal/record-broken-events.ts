import { sql } from 'drizzle-orm';
import type { BrokenEvent } from '#server/runtime/event-store/delivered-event.ts';
import { toFailure } from '#server/runtime/platform/failure.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { deadLetters, JOURNAL } from './dead-letters-table.ts';

/**
 * Makes dead letters of what ingest cannot take, or counts further attempts at them. An aggregate
 * waits at one place only: what was retried further back is over with it. The transaction must hold
 * the row of `journal_head`.
 */
export async function recordBrokenEvents(
  tx: Tx,
  broken: readonly BrokenEvent[],
  attempts: number,
): Promise<void> {
  for (const event of broken) {
    const { aggregateId, eventSequence, eventId, eventType, problem } = event;
    const failure = toFailure(problem, { aggregateId, eventId: eventId ?? undefined });
    if (failure === 'transient') {
      throw problem;
    }
    const text = (value: string | null) => value?.replaceAll('\0', '\uFFFD') ?? null;
    await tx.execute(sql`
      DELETE FROM ${deadLetters}
      WHERE projection = ${JOURNAL} AND aggregate_id = ${aggregateId}
        AND status <> 'skipped' AND event_sequence <> ${eventSequence}
    `);
    await tx.execute(sql`
      INSERT INTO ${deadLetters} AS held (
        projection, aggregate_id, event_sequence, event_id, event_type, category, error,
        error_group, stack, raw_item, attempts, first_failed_at, last_failed_at, status
      ) VALUES (
        ${JOURNAL}, ${aggregateId}, ${eventSequence}, ${text(eventId)}, ${text(eventType)},
        ${failure.category}, ${failure.error}, ${failure.errorGroup}, ${failure.stack},
        ${text(event.rawItem)}, ${attempts}, clock_timestamp(), clock_timestamp(), 'dead'
      )
      ON CONFLICT (projection, aggregate_id, event_sequence) DO UPDATE SET
        category = excluded.category, error = excluded.error, error_group = excluded.error_group,
        stack = excluded.stack, raw_item = excluded.raw_item, status = excluded.status,
        attempts = held.attempts + excluded.attempts,
        last_failed_at = excluded.last_failed_at
    `);
  }
}
