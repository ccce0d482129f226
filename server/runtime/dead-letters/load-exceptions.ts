import { sql } from 'drizzle-orm';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** Which of some aggregates are not as usual in a projection. */
export type Exceptions = {
  /** Aggregates that wait at a dead letter, with its sequence. */
  readonly blocked: ReadonlyMap<string, number>;
  /** The sequences that were skipped, by aggregate; by ingest as well, which left them out of the journal. */
  readonly skipped: ReadonlyMap<string, ReadonlySet<number>>;
};

type ExceptionRow = {
  readonly aggregate_id: string;
  readonly event_sequence: number;
  readonly status: string;
};

const EXCEPTIONS_OF = sql.raw(`
  SELECT aggregate_id, event_sequence, status FROM ${LIVE_SCHEMA}.dead_letters
  WHERE aggregate_id = ANY(`);

/**
 * Looks up what is dead or skipped of these aggregates. To be trusted within a transaction that
 * holds the projection's row in `projections`: nobody changes dead letters without it.
 */
export async function loadExceptions(
  db: Db | Tx,
  projectionName: string,
  aggregateIds: readonly string[],
): Promise<Exceptions> {
  const rows =
    await db.execute<ExceptionRow>(sql`${EXCEPTIONS_OF}${sql.param(aggregateIds)}::text[])
    AND (projection = ${projectionName} OR (projection = ${JOURNAL} AND status = 'skipped'))`);
  const blocked = new Map<string, number>();
  const skipped = new Map<string, Set<number>>();
  for (const { aggregate_id: aggregateId, event_sequence: eventSequence, status } of rows) {
    if (status === 'skipped') {
      const sequences = skipped.get(aggregateId) ?? new Set();
      skipped.set(aggregateId, sequences.add(eventSequence));
    } else {
      blocked.set(aggregateId, eventSequence);
    }
  }
  return { blocked, skipped };
}
