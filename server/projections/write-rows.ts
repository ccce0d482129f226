import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '#server/platform/postgres.ts';

/** Inserts rows in one statement, whatever their number; a row that is there already is an error. */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferSelect'][],
): Promise<void> {
  await write(tx, table, rows, sql``);
}

/** Inserts rows, or replaces those with the same primary key, in one statement. */
export async function upsertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferSelect'][],
): Promise<void> {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const keyNames = key.map(({ name }) => name);
  const changes = columns
    .filter(({ name }) => !keyNames.includes(name))
    .map(({ name }) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`);
  const target = sql.join(
    keyNames.map((name) => sql.identifier(name)),
    sql`, `,
  );
  const onConflict = sql`ON CONFLICT (${target}) DO UPDATE SET ${sql.join(changes, sql`, `)}`;
  await write(tx, table, rows, onConflict);
}

/**
 * Rows travel as one JSON text, which PostgreSQL reads in the table's own shape: one parameter
 * instead of one per cell.
 */
async function write(
  tx: Tx,
  table: PgTable,
  rows: readonly object[],
  onConflict: SQL,
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const columns = getTableColumns(table);
  const records = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        columns[key]?.name,
        typeof value === 'bigint' ? value.toString() : value,
      ]),
    ),
  );
  await tx.execute(sql`
    INSERT INTO ${table}
    SELECT * FROM json_populate_recordset(NULL::${table}, ${JSON.stringify(records)}::json)
    ${onConflict}
  `);
}
