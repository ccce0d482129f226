import { sql } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';

/**
 * Fills a table of the schema `playhead` as it is quick: its secondary indexes are taken off, and its
 * triggers turned off, until `fill` is through; what these keep, `fill` has to write itself. The
 * primary key stays: rows come in its order.
 */
export async function withoutIndexes(
  db: Db,
  table: string,
  fill: () => Promise<unknown>,
): Promise<void> {
  const name = sql.raw(`playhead.${table}`);
  const constraints = await db.execute<{ name: string; definition: string }>(sql`
    SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = ${`playhead.${table}`}::regclass AND contype = 'u'`);
  const indexes = await db.execute<{ name: string; definition: string }>(sql`
    SELECT relname AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = ${`playhead.${table}`}::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`);
  await db.execute(sql`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  for (const constraint of constraints) {
    await db.execute(sql`ALTER TABLE ${name} DROP CONSTRAINT ${sql.identifier(constraint.name)}`);
  }
  for (const index of indexes) {
    await db.execute(sql`DROP INDEX playhead.${sql.identifier(index.name)}`);
  }
  await fill();
  for (const { name: constraint, definition } of constraints) {
    await db.execute(sql`
      ALTER TABLE ${name} ADD CONSTRAINT ${sql.identifier(constraint)} ${sql.raw(definition)}`);
  }
  for (const { definition } of indexes) {
    await db.execute(sql.raw(definition));
  }
  await db.execute(sql`ALTER TABLE ${name} ENABLE TRIGGER USER`);
}
