import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Rebuild } from '#server/runtime/rebuild/rebuild.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { busReplays } from './bus-replays-table.ts';

/**
 * Asks for a new generation of a projection's tables that the bus fills, beside the one that serves; a worker carries
 * it out. It is compared, swapped in, discarded and cancelled as any rebuild is. Throws REBUILD_REFUSED while there is
 * another one.
 */
export async function requestReplay(
  db: Db,
  projection: PostgresView,
  operator: Operator,
): Promise<Rebuild> {
  return db.transaction(async (tx) => {
    const rebuild = await requestRebuild(tx, projection, operator, 'bus');
    await tx.insert(busReplays).values({ rebuild: rebuild.id });
    return rebuild;
  });
}
