import { sql } from 'drizzle-orm';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import { type Failure, toFailure } from '#server/platform/failure.ts';
import type { Tx } from '#server/platform/postgres.ts';
import { refineFailure } from './to-projectable.ts';

/** An event that failed for good in a projection. */
export type Casualty = {
  readonly event: JournalEvent;
  readonly failure: Failure;
  readonly attempts: number;
  readonly firstFailedAt: Date;
};

/**
 * Makes an event a dead letter of a projection, or counts further attempts at one; the transaction
 * must hold the projection's row.
 */
export async function bury(tx: Tx, projection: string, casualty: Casualty): Promise<void> {
  const { event, failure, attempts, firstFailedAt } = casualty;
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
      ...refineFailure(failure, event),
      attempts,
      firstFailedAt,
      lastFailedAt: now,
      status: 'dead',
    })
    .onConflictDoUpdate({
      target: [deadLetters.projection, deadLetters.aggregateId, deadLetters.eventSequence],
      set: {
        ...refineFailure(failure, event),
        attempts: sql`${deadLetters.attempts} + excluded.attempts`,
        lastFailedAt: now,
      },
    });
}

/** The failure of an event, or undefined when the error may pass. */
export function toCasualty(
  event: JournalEvent,
  error: unknown,
  { attempts, firstFailedAt }: Pick<Casualty, 'attempts' | 'firstFailedAt'>,
): Casualty | undefined {
  const failure = toFailure(error, event);
  return failure === 'transient' ? undefined : { event, failure, attempts, firstFailedAt };
}
