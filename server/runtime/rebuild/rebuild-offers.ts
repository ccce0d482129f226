import { inArray } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';

/** A projection whose tables hold another version than the code: it stands still until a rebuild. */
export type RebuildOffer = {
  readonly projection: string;
  readonly heldVersion: number;
  readonly codeVersion: number;
};

/** Whether tables of `heldVersion` need a rebuild before this code may write to them. */
export function offersRebuild(
  { version }: Pick<PostgresView, 'version'>,
  heldVersion: number,
): boolean {
  return heldVersion !== version;
}

/** The projections of which a rebuild should be offered. */
export async function listRebuildOffers(
  db: Db,
  registered: readonly PostgresView[],
): Promise<RebuildOffer[]> {
  const rows = await db
    .select({ name: projections.name, version: projections.version })
    .from(projections)
    .where(
      inArray(
        projections.name,
        registered.map(({ name }) => name),
      ),
    );
  return registered.flatMap((projection) =>
    rows
      .filter(({ name, version }) => name === projection.name && offersRebuild(projection, version))
      .map(({ version }) => ({
        projection: projection.name,
        heldVersion: version,
        codeVersion: projection.version,
      })),
  );
}
