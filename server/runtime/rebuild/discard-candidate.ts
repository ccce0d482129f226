import { and, desc, eq, sql } from 'drizzle-orm';
import { dropDeadLettersOfBus } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { RebuildRow } from './candidate-checkpoint.ts';
import { dropTables, moveTables } from './generation-tables.ts';
import { rebuilds } from './rebuilds-table.ts';

/**
 * Drops the tables of a rebuild that is over without a swap. Those of a rollback are the previous
 * generation: they are kept as that again, as far as they have come.
 */
export async function discardCandidate(
  tx: Tx,
  tables: Pick<PostgresView, 'tables'>,
  { projection, kind, version, position }: RebuildRow,
): Promise<void> {
  if (kind !== 'rollback') {
    await dropDeadLettersOfBus(tx, projection);
    await dropTables(tx, tables, CANDIDATE_SCHEMA);
    return;
  }
  await dropTables(tx, tables, ARCHIVE_SCHEMA);
  await moveTables(tx, tables, CANDIDATE_SCHEMA, ARCHIVE_SCHEMA);
  const lastSwap = tx
    .select({ id: rebuilds.id })
    .from(rebuilds)
    .where(and(eq(rebuilds.projection, projection), eq(rebuilds.status, 'swapped')))
    .orderBy(desc(rebuilds.id))
    .limit(1);
  await tx
    .update(rebuilds)
    .set({ previousVersion: version, previousPosition: position })
    .where(eq(rebuilds.id, sql`(${lastSwap})`));
}
