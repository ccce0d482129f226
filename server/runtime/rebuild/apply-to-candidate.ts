import { sql } from 'drizzle-orm';
import { isOfType } from '#lib/aggregate-id.ts';
import { loadExceptions } from '#server/runtime/dead-letters/load-exceptions.ts';
import { toCandidateName } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import { toProjectable } from '#server/runtime/dead-letters/to-projectable.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';
import { applyEvents, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { RebuildKind } from './rebuild.ts';

/**
 * Applies events to the candidate generation of a projection, within a transaction. Throws the first
 * event's error where one cannot be read, and what the projection throws.
 */
export async function applyToCandidate(
  tx: Tx,
  projection: PostgresView,
  batch: readonly JournalEntry[],
  { kind = 'rebuild' }: { readonly kind?: RebuildKind } = {},
): Promise<void> {
  const own = batch.filter(({ stored }) => isOfType(projection.aggregate.type, stored.aggregateId));
  const aggregateIds = [...new Set(own.map(({ stored }) => stored.aggregateId))];
  const { skipped } = await loadExceptions(tx, projection.name, aggregateIds);
  // What is dead for the generation that serves is tried again: that may be what it is all about.
  // Others have dead letters of their own, and what waits behind them goes on waiting.
  const { blocked } =
    kind === 'rebuild'
      ? { blocked: new Map() }
      : await loadExceptions(tx, toCandidateName(projection.name, kind), aggregateIds);
  const { events, unreadable } = toProjectable(own, { skipped, blocked });
  if (unreadable[0] !== undefined) {
    throw unreadable[0].error;
  }
  // A commit that a crash loses is lost together with its checkpoint: nobody waits for the disk.
  await tx.execute(sql`SET LOCAL synchronous_commit = off`);
  await applyEvents(tx, projection, events, CANDIDATE_SCHEMA);
}
