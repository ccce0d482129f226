import { sql } from 'drizzle-orm';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { type Failure, toFailure } from '#server/runtime/platform/failure.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';

/** An event that failed for good in a projection. */
export type FailedEvent = {
  readonly event: JournalEvent;
  readonly failure: Failure;
  readonly attempts: number;
  readonly firstFailedAt: Date;
};

/**
 * Makes an event a dead letter of a projection, or counts further attempts at one; the transaction
 * must hold the projection's row.
 */
export async function recordDeadLetter(
  tx: Tx,
  projection: string,
  failedEvent: FailedEvent,
): Promise<void> {
  const { event, failure, attempts, firstFailedAt } = failedEvent;
  const { aggregateId, eventSequence, position, eventId, eventType } = event;
  const now = new Date();
  await tx
    .insert(deadLetters)
    .values({
      projection,
      aggregateId,
      eventSequence,
      position,
      eventId,
      eventType,
      ...failure,
      attempts,
      firstFailedAt,
      lastFailedAt: now,
      status: 'dead',
    })
    .onConflictDoUpdate({
      target: [deadLetters.projection, deadLetters.aggregateId, deadLetters.eventSequence],
      set: {
        ...failure,
        attempts: sql`${deadLetters.attempts} + excluded.attempts`,
        lastFailedAt: now,
      },
    });
}

/** The failure of an event, or undefined when the error is transient. */
export function toFailedEvent(
  event: JournalEvent,
  error: unknown,
  { attempts, firstFailedAt }: Pick<FailedEvent, 'attempts' | 'firstFailedAt'>,
): FailedEvent | undefined {
  const failure = toFailure(error, event);
  return failure === 'transient' ? undefined : { event, failure, attempts, firstFailedAt };
}
