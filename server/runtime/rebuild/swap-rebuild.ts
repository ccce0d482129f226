import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { swapDeadLetters } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import { PROJECTION_CHANNEL, toPgNotify } from '#server/runtime/platform/notifications.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { classifyPostgresError } from '#server/runtime/platform/postgres-errors.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { Checkpoint } from '#server/runtime/views/checkpoint.ts';
import { notifyControl } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { bringToSamePosition } from './bring-to-same-position.ts';
import type { RebuildRow } from './candidate-checkpoint.ts';
import { forgetPrevious } from './end-rebuild.ts';
import { dropTables, moveTables, qualified, tableNamesOf } from './generation-tables.ts';
import { getRebuild } from './get-rebuilds.ts';
import type { Rebuild } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';
import { refuseLateSkips } from './refuse-late-skips.ts';
import { requireReady } from './require-ready.ts';
import { OldSnapshotError, waitForOldSnapshots } from './wait-for-old-snapshots.ts';

/** Readers queue behind the swap's wait for its locks: so long at most, then it lets them by. */
const LOCK_TIMEOUT_MS = 200;

/** It tries again for so long. */
const TIMEOUT_MS = 30_000;
const PAUSE_MS = 250;

/**
 * Lets the new generation of a projection, once it is ready, take the place of the one that serves,
 * in one transaction and at the very position where that one stands: for readers nothing fails,
 * nothing goes back in time, and no event is missing. What served is kept as the previous
 * generation, instead of the one before. Takes three connections. Throws REBUILD_NOT_FOUND,
 * REBUILD_REFUSED (also when readers leave no gap for half a minute), REBUILD_STOPPED.
 */
export async function swapRebuild(
  db: Db,
  projection: PostgresView,
  operator: Operator,
): Promise<Rebuild> {
  const { id } = await requireReady(db, projection.name);
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    try {
      await bringToSamePosition(db, projection, { id }, async (tx, live) => {
        const rebuild = await lockRebuild(tx, id, live);
        await refuseLateSkips(tx, { ...rebuild, since: rebuild.startedAt });
        await waitForOldSnapshots(db, tx);
        await exchange(tx, projection, rebuild, live, operator);
      });
      return await getRebuild(db, id);
    } catch (error) {
      const mayPass =
        error instanceof OldSnapshotError || classifyPostgresError(error) === 'transient';
      if (!mayPass || performance.now() > deadline) {
        throw mayPass ? refusal(projection.name, error) : error;
      }
      await sleep(PAUSE_MS);
    }
  }
}

/** Neither a worker nor another operator changes it from now on. */
async function lockRebuild(tx: Tx, id: number, live: Checkpoint): Promise<RebuildRow> {
  const [rebuild] = await tx.select().from(rebuilds).where(eq(rebuilds.id, id)).for('update');
  if (rebuild?.status !== 'ready' || rebuild.position !== live.position) {
    throw new PlayheadError('REBUILD_REFUSED', `Rebuild ${id} is over.`);
  }
  return rebuild;
}

async function exchange(
  tx: Tx,
  projection: PostgresView,
  rebuild: RebuildRow,
  live: Checkpoint,
  operator: Operator,
): Promise<void> {
  const { name } = projection;
  await tx.execute(sql`SELECT set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`);
  const tables = tableNamesOf(projection).map((table) => qualified(LIVE_SCHEMA, table));
  await tx.execute(sql`LOCK TABLE ${sql.join(tables, sql`, `)} IN ACCESS EXCLUSIVE MODE`);
  await forgetPrevious(tx, name);
  await dropTables(tx, projection, ARCHIVE_SCHEMA);
  await moveTables(tx, projection, LIVE_SCHEMA, ARCHIVE_SCHEMA);
  await moveTables(tx, projection, CANDIDATE_SCHEMA, LIVE_SCHEMA);
  await swapDeadLetters(tx, name, rebuild.kind);
  await tx
    .update(projections)
    .set({ version: rebuild.version, updatedAt: sql`clock_timestamp()` })
    .where(eq(projections.name, name));
  await tx
    .update(rebuilds)
    .set({
      status: 'swapped',
      updatedAt: sql`clock_timestamp()`,
      previousVersion: live.version,
      previousPosition: live.position,
    })
    .where(eq(rebuilds.id, rebuild.id));
  const { position } = live;
  const effect = { rebuild: rebuild.id, position, from: live.version, to: rebuild.version };
  await recordOperatorAction(tx, operator, 'swap-rebuild', name, effect);
  const payload = JSON.stringify({ name, position });
  const [channel, text] = toPgNotify({ channel: PROJECTION_CHANNEL, payload });
  await tx.execute(sql`SELECT pg_notify(${channel}, ${text})`);
  await notifyControl(tx, name);
}

function refusal(name: string, error: unknown): PlayheadError {
  const reason =
    error instanceof OldSnapshotError
      ? error.message
      : 'its tables are being read without a pause, or PostgreSQL is not well';
  return new PlayheadError(
    'REBUILD_REFUSED',
    `The new generation of ${name} could not be swapped in for half a minute: ${reason}. ` +
      'Nothing was changed.',
    { cause: error },
  );
}
