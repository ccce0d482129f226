import { and, desc, eq, isNotNull, type SQL } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import type { RebuildRow } from './candidate-checkpoint.ts';
import type { Rebuild } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/** The newest rebuilds, of one projection or of all, newest first. */
export async function getRebuilds(
  db: Db | Tx,
  { projection, limit = 20 }: { readonly projection?: string; readonly limit?: number } = {},
): Promise<Rebuild[]> {
  return select(
    db,
    projection === undefined ? undefined : eq(rebuilds.projection, projection),
    limit,
  );
}

/** The swap of a projection that keeps the generation before it; null when none does. */
export async function getSwapThatKeeps(db: Db | Tx, projection: string): Promise<Rebuild | null> {
  const [swap] = await select(
    db,
    and(eq(rebuilds.projection, projection), isNotNull(rebuilds.previousPosition)),
    1,
  );
  return swap ?? null;
}

/** One rebuild. Throws REBUILD_NOT_FOUND. */
export async function getRebuild(db: Db | Tx, id: number): Promise<Rebuild> {
  const [rebuild] = await select(db, eq(rebuilds.id, id), 1);
  if (rebuild === undefined) {
    throw new PlayheadError('REBUILD_NOT_FOUND', `There is no rebuild ${id}.`);
  }
  return rebuild;
}

async function select(db: Db | Tx, condition: SQL | undefined, limit: number): Promise<Rebuild[]> {
  const rows = await db
    .select({ rebuild: rebuilds, live: projections.position })
    .from(rebuilds)
    .leftJoin(projections, eq(projections.name, rebuilds.projection))
    .where(condition)
    .orderBy(desc(rebuilds.id))
    .limit(limit);
  return rows.map(({ rebuild, live }) => toRebuild(rebuild, live ?? 0));
}

function toRebuild(row: RebuildRow, live: number): Rebuild {
  const { previousVersion, previousPosition, claimedUntil: _, reach, ...rest } = row;
  const isActive = row.status === 'running' || row.status === 'ready';
  // Of what queues fill in no order, it is not known how far it is until all have been put and taken.
  const position = row.status === 'ready' ? Math.max(row.position, reach) : row.position;
  const isMeasured = row.status === 'running' && row.kind !== 'bus';
  const target = isActive ? Math.max(live, position) : position;
  const rate = row.rate ?? row.estimate.rate;
  return {
    ...rest,
    position,
    target,
    secondsLeft: isMeasured && rate ? (target - position) / rate : null,
    startedAt: row.startedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    previous:
      previousVersion === null || previousPosition === null
        ? null
        : { version: previousVersion, position: previousPosition },
  };
}
