import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { bringUp, lockProjection } from '#server/projections/dead-letters/retry-projected.ts';
import type { Projection } from '#server/projections/projection.ts';
import { type Operator, recordOperatorAction } from '#server/projections/record-operator-action.ts';
import type { ViewRepair } from './view-repair.ts';

/**
 * Deletes an account's rows in a projection and applies its events from the journal anew, up to the
 * projection's checkpoint, in one transaction that holds the checkpoint's row: the projector waits
 * meanwhile, and goes on with the next event. A dead letter of the account is tried again by that.
 * Skipped events stay left out. Throws PROJECTION_OUTDATED and what may pass.
 */
export async function repairProjected(
  db: Db,
  projection: Projection,
  accountId: string,
  operator: Operator,
): Promise<ViewRepair> {
  const { name } = projection;
  const aggregateId = toAggregateId(accountId);
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
    await deleteRows(tx, projection, accountId);
    const key = { projection: name, aggregateId, eventSequence: 1 };
    const outcome = await bringUp(tx, projection, key, position, dead);
    const waitsAt =
      outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
    const result: ViewRepair = { view: name, waitsAt };
    const effect = { accountId, position, ...outcome };
    await recordOperatorAction(tx, operator, 'repair', name, effect);
    return result;
  });
}

async function deleteRows(tx: Tx, { name, tables }: Projection, accountId: string): Promise<void> {
  for (const table of tables) {
    const column = getTableColumns(table).accountId;
    if (column === undefined) {
      throw new Error(`A table of ${name} has no account id: its rows cannot be told apart.`);
    }
    await tx.execute(sql`DELETE FROM ${table} WHERE ${column} = ${accountId}`);
  }
}
