import { and, between, eq } from 'drizzle-orm';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { byKey } from '../views/by-key.ts';
import type { PostgresView, ViewTable } from '../views/postgres-view.ts';
import { columnOf, type Row } from '../views/write-rows.ts';

/** An aggregate's rows in one table, by what tells them apart: empty where there is one row only. */
export type RowsByKey = ReadonlyMap<string, Row>;

/** What a view holds of one aggregate, at one moment. */
export type ViewRows = {
  /** The newest event that has left a trace in it; undefined where it has no row. */
  readonly version: number | undefined;
  /** For each of the view's tables, in their order; undefined for one that is only appended to. */
  readonly tables: readonly (RowsByKey | undefined)[];
};

/** Reads an aggregate's rows, by its own id, from one snapshot of the database. */
export async function readViewRows(db: Db, view: PostgresView, id: string): Promise<ViewRows> {
  return db.transaction(
    async (tx) => {
      const held = (await view.load(tx, LIVE_SCHEMA, [id])).get(id);
      const tables: (RowsByKey | undefined)[] = [];
      for (const table of view.tables) {
        tables.push(table.write === 'append' ? undefined : await readRows(tx, view, table, id));
      }
      return { version: held?.version || undefined, tables };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** The rows that these events of an aggregate have left in a table that is only appended to. */
export async function readAppended(
  db: Db,
  { idColumn }: Pick<PostgresView, 'idColumn'>,
  { in: tableIn }: ViewTable,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<RowsByKey> {
  const table = tableIn(LIVE_SCHEMA);
  const ofAggregate = eq(columnOf(table, idColumn), id);
  const inRange = between(columnOf(table, 'sequence'), from, to);
  const rows = await db.select().from(table).where(and(ofAggregate, inRange));
  return byKey(table, idColumn, rows);
}

async function readRows(
  tx: Tx,
  { idColumn }: Pick<PostgresView, 'idColumn'>,
  { in: tableIn }: ViewTable,
  id: string,
): Promise<RowsByKey> {
  const table = tableIn(LIVE_SCHEMA);
  const rows = await tx
    .select()
    .from(table)
    .where(eq(columnOf(table, idColumn), id));
  return byKey(table, idColumn, rows);
}
