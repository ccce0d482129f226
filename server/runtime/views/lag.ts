import { sql } from 'drizzle-orm';
import type { Freshness } from '#lib/contracts/queries.ts';
import { journal, journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import type { PostgresView } from './postgres-view.ts';
import { projections } from './projections-table.ts';

export type ProjectionProgress = {
  readonly name: string;
  /** The version that the tables hold; the code's where nothing has been written yet. */
  readonly version: number;
  /** The last journal position whose effects the tables hold. */
  readonly position: number;
  readonly eventsBehind: number;
  /** For how long the oldest event that is still to come has been in the journal; 0 caught up. */
  readonly secondsBehind: number;
  /** ISO 8601; null before the projection's first start. */
  readonly updatedAt: string | null;
};

/** How far each of these projections is behind the journal, all seen at one moment. */
export async function getProjectionLag(
  db: Db | Tx,
  registered: readonly Pick<PostgresView, 'name' | 'version'>[],
): Promise<{ head: number; projections: ProjectionProgress[] }> {
  const names = registered.map(({ name }) => name);
  const rows = await db
    .select({
      name: sql<string>`registered.name`,
      version: projections.version,
      position: sql`coalesce(${projections.position}, 0)`.mapWith(Number),
      head: sql`coalesce(${journalHead.position}, 0)`.mapWith(Number),
      secondsBehind: sql`coalesce(extract(epoch FROM clock_timestamp() - (
        SELECT ${journal.ingestedAt} FROM ${journal}
        WHERE ${journal.position} = coalesce(${projections.position}, 0) + 1
      )), 0)`.mapWith(Number),
      updatedAt: projections.updatedAt,
    })
    .from(sql`unnest(${sql.param(names)}::text[]) AS registered (name)`)
    .leftJoin(projections, sql`${projections.name} = registered.name`)
    .leftJoin(journalHead, sql`${journalHead.slice} = 0`)
    .prepare('projection_lag')
    .execute();
  return {
    head: rows[0]?.head ?? 0,
    projections: registered.flatMap(({ name, version }) =>
      rows
        .filter((row) => row.name === name)
        .map(({ position, head, secondsBehind, ...row }) => ({
          name,
          version: row.version ?? version,
          position,
          eventsBehind: head - position,
          secondsBehind: Math.max(0, secondsBehind),
          updatedAt: row.updatedAt?.toISOString() ?? null,
        })),
    ),
  };
}

/** How far one projection had come: to be asked for before its rows are, as rows can only be newer. */
export async function getFreshness(
  db: Db | Tx,
  view: Pick<PostgresView, 'name' | 'version'>,
): Promise<Freshness> {
  const { head, projections } = await getProjectionLag(db, [view]);
  const { position = 0, eventsBehind = head, secondsBehind = 0 } = projections[0] ?? {};
  return { projection: view.name, position, head, eventsBehind, secondsBehind };
}
