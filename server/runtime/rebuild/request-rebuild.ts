import { and, eq, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { notifyControl } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { discardCandidate } from './discard-candidate.ts';
import { estimateRebuild } from './estimate-rebuild.ts';
import { createCandidate, dropTables } from './generation-tables.ts';
import { getRebuild } from './get-rebuilds.ts';
import { readTarget } from './read-candidate-batches.ts';
import type { Rebuild } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/**
 * Asks for a new generation of a projection's tables, by the version of its code that this program
 * has; a worker fills it from the first event on, out of the journal or (`bus`) by the bus, beside the
 * generation that serves. What is left of a rebuild that failed goes. Throws REBUILD_REFUSED while there is another one.
 */
export async function requestRebuild(
  db: Db | Tx,
  projection: PostgresView,
  operator: Operator,
  kind: 'rebuild' | 'bus' = 'rebuild',
): Promise<Rebuild> {
  const { name, version } = projection;
  const live = await loadCheckpoint(db, projection);
  const estimate = await estimateRebuild(db, projection);
  const target = await readTarget(db, name);
  return db.transaction(async (tx) => {
    const id = await insertRebuild(tx, {
      projection: name,
      kind,
      status: 'running',
      fromVersion: live.version,
      version,
      startPosition: 0,
      position: 0,
      target,
      estimate,
      requestedBy: operator.actor,
    });
    await discardFailed(tx, projection);
    await dropTables(tx, projection, CANDIDATE_SCHEMA);
    await createCandidate(tx, projection);
    const effect = { rebuild: id, fromVersion: live.version, version };
    await recordOperatorAction(tx, operator, kind === 'bus' ? 'bus-replay' : kind, name, effect);
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

/** Discards the tables of a rebuild that failed, to make room for another one. */
export async function discardFailed(tx: Tx, projection: PostgresView): Promise<void> {
  const [failed] = await tx
    .update(rebuilds)
    .set({ status: 'discarded', updatedAt: sql`clock_timestamp()` })
    .where(and(eq(rebuilds.projection, projection.name), eq(rebuilds.status, 'failed')))
    .returning();
  if (failed !== undefined) {
    await discardCandidate(tx, projection, failed);
  }
}
