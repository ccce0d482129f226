import { and, desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '#server/platform/postgres.ts';
import { rebuilds } from './rebuilds-table.ts';
import type { RebuildRow } from './shadow-checkpoint.ts';
import { dropSchema, previousSchemaOf, shadowSchemaOf } from './shadow-schema.ts';

/**
 * Drops the tables of a rebuild that is over without a swap. Those of a rollback are the previous
 * generation: they are kept as that again, as far as they have come.
 */
export async function putAwayShadow(
  tx: Tx,
  { projection, kind, version, position }: RebuildRow,
): Promise<void> {
  const shadow = shadowSchemaOf(projection);
  if (kind === 'rebuild') {
    await dropSchema(tx, shadow);
    return;
  }
  await renameSchema(tx, shadow, previousSchemaOf(projection));
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

export async function renameSchema(tx: Tx, from: string, to: string): Promise<void> {
  await tx.execute(sql`ALTER SCHEMA ${sql.identifier(from)} RENAME TO ${sql.identifier(to)}`);
}
