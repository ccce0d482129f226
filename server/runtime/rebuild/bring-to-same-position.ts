import { eq } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import type { Checkpoint } from '#server/runtime/views/checkpoint.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import type { RebuildRow } from './candidate-checkpoint.ts';
import { fillCandidate } from './fill-candidate.ts';
import { rebuilds } from './rebuilds-table.ts';

/**
 * Runs `act` at a moment when a new generation and the one that serves hold the same events, and
 * neither gets on: the projection's row is locked, by `tx`, and what the new one still lacked has
 * been committed. Projecting waits meanwhile, nobody who reads does. Takes three connections.
 * Throws what fillCandidate throws; REBUILD_REFUSED when they cannot be brought to one position.
 */
export async function bringToSamePosition<Result>(
  db: Db,
  projection: PostgresView,
  { id }: Pick<RebuildRow, 'id'>,
  act: (tx: Tx, live: Checkpoint) => Promise<Result>,
): Promise<Result> {
  // Most of the way without holding anybody up.
  await fillCandidate(db, projection, id);
  return db.transaction(async (tx) => {
    const [live] = await tx
      .select({ version: projections.version, position: projections.position })
      .from(projections)
      .where(eq(projections.name, projection.name))
      .for('update');
    await refuseAhead(tx, projection, id, live?.position ?? 0);
    const position = await fillCandidate(db, projection, id);
    if (position === 'over' || live === undefined) {
      throw new PlayheadError('REBUILD_REFUSED', `Rebuild ${id} is over.`);
    }
    if (position !== live.position) {
      throw new PlayheadError(
        'REBUILD_REFUSED',
        `${projection.name} stands at position ${live.position}, but the journal has events up to ` +
          `${position} only: wait until the journal is complete again.`,
      );
    }
    return act(tx, live);
  });
}

/** What the bus fills may hold events already that the generation that serves has yet to take. */
async function refuseAhead(
  tx: Tx,
  { name }: Pick<PostgresView, 'name'>,
  id: number,
  position: number,
): Promise<void> {
  const [row] = await tx
    .select({ reach: rebuilds.reach })
    .from(rebuilds)
    .where(eq(rebuilds.id, id));
  if (row !== undefined && row.reach > position) {
    throw new PlayheadError(
      'REBUILD_REFUSED',
      `The new generation holds events up to position ${row.reach} already, ${name} serves those up to ` +
        `${position}: wait until it has come there.`,
    );
  }
}
