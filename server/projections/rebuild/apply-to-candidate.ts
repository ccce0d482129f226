import { sql } from 'drizzle-orm';
import type { Tx } from '#server/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/platform/schemas.ts';
import { loadExceptions } from '../dead-letters/load-exceptions.ts';
import { toShelf } from '../dead-letters/swap-dead-letters.ts';
import { toProjectable } from '../dead-letters/to-projectable.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { Projection } from '../projection.ts';

/**
 * Applies events to the candidate generation of a projection, within a transaction. Throws the first
 * event's error where one cannot be read, and what the projection throws.
 */
export async function applyToCandidate(
  tx: Tx,
  projection: Projection,
  batch: readonly JournalEntry[],
  { kind = 'rebuild' }: { readonly kind?: 'rebuild' | 'rollback' } = {},
): Promise<void> {
  const aggregateIds = [...new Set(batch.map(({ stored }) => stored.aggregateId))];
  const { skipped } = await loadExceptions(tx, projection.name, aggregateIds);
  // What is dead for the generation that serves is tried again: that may be what it is all about.
  // The previous generation has dead letters of its own, and what waits behind them goes on waiting.
  const { blocked } =
    kind === 'rollback'
      ? await loadExceptions(tx, toShelf(projection.name), aggregateIds)
      : { blocked: new Map() };
  const { events, unreadable } = toProjectable(batch, { skipped, blocked });
  if (unreadable[0] !== undefined) {
    throw unreadable[0].error;
  }
  // A commit that a crash loses is lost together with its checkpoint: nobody waits for the disk.
  await tx.execute(sql`SET LOCAL synchronous_commit = off`);
  await projection.handle(tx, events, CANDIDATE_SCHEMA);
}
