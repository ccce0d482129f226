import { and, eq, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/platform/schemas.ts';
import { loadCheckpoint } from '../checkpoint.ts';
import { notifyControl } from '../claim.ts';
import type { Projection } from '../projection.ts';
import { type Operator, recordOperatorAction } from '../record-operator-action.ts';
import { estimateRebuild } from './estimate-rebuild.ts';
import { createCandidate, dropTables } from './generation-tables.ts';
import { getRebuild } from './get-rebuilds.ts';
import { putAwayCandidate } from './put-away-candidate.ts';
import { readTarget } from './read-shadow-batches.ts';
import type { Rebuild } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/**
 * Asks for a new generation of a projection's tables, by the version of its code that this program
 * has; a worker fills it from the journal's first event on, beside the generation that serves. What
 * is left of a rebuild that failed goes. Throws REBUILD_REFUSED while there is another one.
 */
export async function requestRebuild(
  db: Db,
  projection: Projection,
  operator: Operator,
): Promise<Rebuild> {
  const { name, version } = projection;
  const live = await loadCheckpoint(db, projection);
  const estimate = await estimateRebuild(db, projection);
  const target = await readTarget(db, name);
  return db.transaction(async (tx) => {
    const id = await insertRebuild(tx, {
      projection: name,
      kind: 'rebuild',
      status: 'running',
      fromVersion: live.version,
      version,
      startPosition: 0,
      position: 0,
      target,
      estimate,
      requestedBy: operator.actor,
    });
    await putAwayFailed(tx, projection);
    await dropTables(tx, projection, CANDIDATE_SCHEMA);
    await createCandidate(tx, projection);
    const effect = { rebuild: id, fromVersion: live.version, version };
    await recordOperatorAction(tx, operator, 'rebuild', name, effect);
    await notifyControl(tx, name);
    return getRebuild(tx, id);
  });
}

/** Begins a rebuild. Throws REBUILD_REFUSED while the projection has another one. */
export async function insertRebuild(tx: Tx, values: typeof rebuilds.$inferInsert): Promise<number> {
  const [row] = await tx
    .insert(rebuilds)
    .values(values)
    .onConflictDoNothing()
    .returning({ id: rebuilds.id });
  if (row === undefined) {
    throw new PlayheadError(
      'REBUILD_REFUSED',
      `${values.projection} is being rebuilt already: swap, cancel or discard that rebuild first.`,
    );
  }
  return row.id;
}

/** Puts away the tables of a rebuild that failed, to make room for another one. */
export async function putAwayFailed(tx: Tx, projection: Projection): Promise<void> {
  const [failed] = await tx
    .update(rebuilds)
    .set({ status: 'discarded', updatedAt: sql`clock_timestamp()` })
    .where(and(eq(rebuilds.projection, projection.name), eq(rebuilds.status, 'failed')))
    .returning();
  if (failed !== undefined) {
    await putAwayCandidate(tx, projection, failed);
  }
}
