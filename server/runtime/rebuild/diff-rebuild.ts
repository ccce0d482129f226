import { type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { liveTablesOf, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import { bringToSamePosition } from './bring-to-same-position.ts';
import { qualified } from './generation-tables.ts';
import { requireReady } from './require-ready.ts';

/** Values as PostgreSQL writes them, by column. */
export type DiffRow = Readonly<Record<string, string | null>>;

/** A row that one generation lacks (null), or that is not the same in both. */
export type RowDifference = { readonly old: DiffRow | null; readonly new: DiffRow | null };

export type TableDiff = {
  readonly table: string;
  readonly rowsInOld: number;
  readonly rowsInNew: number;
  readonly onlyInOld: number;
  readonly onlyInNew: number;
  /** Rows in both that are not the same. */
  readonly differing: number;
  /** The first twenty, by key. */
  readonly sample: readonly RowDifference[];
};

export type RebuildDiff = {
  readonly rebuildId: number;
  /** Both generations hold the events up to this one. */
  readonly position: number;
  readonly tables: readonly TableDiff[];
};

const SAMPLE_SIZE = 20;

/**
 * Compares a rebuild that is ready with the generation that serves, row by row by primary key, both
 * at one position. Both go on meanwhile: the comparison has a snapshot to itself. Takes four
 * connections. Throws REBUILD_NOT_FOUND, REBUILD_REFUSED, REBUILD_STOPPED.
 */
export async function diffRebuild(db: Db, projection: PostgresView): Promise<RebuildDiff> {
  const rebuild = await requireReady(db, projection.name);
  return db.transaction(
    async (tx) => {
      const { position } = await bringToSamePosition(db, projection, rebuild, async (_, live) => {
        // The snapshot is taken with the first statement, at this very moment.
        await tx.execute(sql`SELECT set_config('work_mem', '64MB', true)`);
        return live;
      });
      const tables: TableDiff[] = [];
      for (const table of liveTablesOf(projection)) {
        tables.push(await diffTable(tx, table));
      }
      return { rebuildId: rebuild.id, position, tables };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

const countsSchema = z.tuple([
  z.object({
    rows_in_old: z.coerce.number(),
    rows_in_new: z.coerce.number(),
    only_in_old: z.coerce.number(),
    only_in_new: z.coerce.number(),
    differing: z.coerce.number(),
  }),
]);

const rowSchema = z.record(z.string(), z.string().nullable()).nullable();
const sampleSchema = z.array(z.object({ old_row: rowSchema, new_row: rowSchema }));

async function diffTable(tx: Tx, table: PgTable): Promise<TableDiff> {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const key = (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map(
    (column) => column.name,
  );
  const [first = ''] = key;
  const of = (side: 'o' | 'n', column: string) => sql`${sql.raw(side)}.${sql.identifier(column)}`;
  const row = (side: 'o' | 'n') =>
    sql`ROW(${list(columns.map((column) => of(side, column.name)))})`;
  const isMissingInOld = sql`${of('o', first)} IS NULL`;
  const isMissingInNew = sql`${of('n', first)} IS NULL`;
  const isDifferent = sql`${row('o')} IS DISTINCT FROM ${row('n')}`;
  const both = sql`
    ${qualified(LIVE_SCHEMA, name)} AS o FULL JOIN ${qualified(CANDIDATE_SCHEMA, name)} AS n
    ON ${sql.join(
      key.map((column) => sql`${of('o', column)} = ${of('n', column)}`),
      sql` AND `,
    )}
  `;
  const counted = await tx.execute(sql`
    SELECT count(${of('o', first)}) AS rows_in_old, count(${of('n', first)}) AS rows_in_new,
      count(*) FILTER (WHERE ${isMissingInNew}) AS only_in_old,
      count(*) FILTER (WHERE ${isMissingInOld}) AS only_in_new,
      count(*) FILTER (
        WHERE NOT ${isMissingInOld} AND NOT ${isMissingInNew} AND ${isDifferent}
      ) AS differing
    FROM ${both}
  `);
  const [counts] = countsSchema.parse(counted);
  const texts = (side: 'o' | 'n') => sql`
    (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(to_jsonb(${sql.raw(side)})))
  `;
  const sampled = await tx.execute(sql`
    SELECT CASE WHEN ${isMissingInOld} THEN NULL ELSE ${texts('o')} END AS old_row,
      CASE WHEN ${isMissingInNew} THEN NULL ELSE ${texts('n')} END AS new_row
    FROM ${both}
    WHERE ${isDifferent}
    ORDER BY ${list(key.map((column) => sql`coalesce(${of('o', column)}, ${of('n', column)})`))}
    LIMIT ${SAMPLE_SIZE}
  `);
  return {
    table: name,
    rowsInOld: counts.rows_in_old,
    rowsInNew: counts.rows_in_new,
    onlyInOld: counts.only_in_old,
    onlyInNew: counts.only_in_new,
    differing: counts.differing,
    sample: sampleSchema
      .parse(sampled)
      .map(({ old_row, new_row }) => ({ old: old_row, new: new_row })),
  };
}

function list(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `);
}
