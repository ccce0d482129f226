import { and, eq } from 'drizzle-orm';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { bringUp, lockProjection } from '#server/runtime/dead-letters/retry-projected.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { liveTablesOf, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { deleteRows } from '#server/runtime/views/write-rows.ts';
import type { ViewRepair } from './view-repair.ts';

/**
 * Deletes an aggregate's rows in a projection and applies its events from the journal anew, up to the
 * projection's checkpoint, in one transaction that holds the checkpoint's row: the projector waits
 * meanwhile, and goes on with the next event. A dead letter of the aggregate is tried again by that.
 * Skipped events stay left out. Throws PROJECTION_OUTDATED and transient errors.
 */
export async function repairProjected(
  db: Db,
  projection: PostgresView,
  aggregateId: string,
  operator: Operator,
): Promise<ViewRepair> {
  const { name } = projection;
  return db.transaction(async (tx) => {
    const position = await lockProjection(tx, projection);
    const [dead] = await tx
      .delete(deadLetters)
      .where(
        and(
          eq(deadLetters.projection, name),
          eq(deadLetters.aggregateId, aggregateId),
          eq(deadLetters.status, 'dead'),
        ),
      )
      .returning();
    const { id } = parseAggregateId(aggregateId);
    for (const table of liveTablesOf(projection)) {
      await deleteRows(tx, table, projection.idColumn, [id]);
    }
    const key = { projection: name, aggregateId, eventSequence: 1 };
    const outcome = await bringUp(tx, projection, key, position, dead);
    const waitsAt =
      outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
    const result: ViewRepair = { view: name, waitsAt };
    const effect = { aggregateId, position, ...outcome };
    await recordOperatorAction(tx, operator, 'repair', name, effect);
    return result;
  });
}
