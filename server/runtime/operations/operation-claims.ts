import { and, asc, eq, inArray, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { OperationState } from '#lib/contracts/operations.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { operations } from './operations-table.ts';
import { restartWorker } from './restart-worker.ts';

/** A claim that is not renewed for this long is a dead worker's. */
const CLAIM_MS = 10_000;

export type OperationRow = typeof operations.$inferSelect;

/** Who asked for an operation, as its actions are recorded. */
export function toOperator({
  requestedBy: actor,
  requestedFrom: origin,
  reason,
}: Pick<OperationRow, 'requestedBy' | 'requestedFrom' | 'reason'>): Operator {
  return { actor, ...(reason !== null && { reason }), ...(origin !== null && { origin }) };
}

const claim = (workerId: string) => ({ worker: workerId, claimedUntil: claimedFor(CLAIM_MS) });

const isRestart = eq(operations.kind, restartWorker.kind);

/** What workers carry out. */
export const FOR_WORKERS: SQL = not(isRestart);

/** The restarts that are asked of a launcher. */
export const forLauncher = (launcher: string): SQL =>
  sql`${isRestart} AND ${operations.input}->>'launcher' = ${launcher}`;

/**
 * Takes up the longest waiting operations of those that `which` allows, at most `limit`; each is one
 * worker's, or one launcher's.
 */
export function claimOperations(
  db: Db,
  workerId: string,
  limit: number,
  which: SQL,
): Promise<OperationRow[]> {
  const free = db
    .select({ id: operations.id })
    .from(operations)
    .where(and(eq(operations.status, 'queued'), which))
    .orderBy(asc(operations.requestedAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  return db
    .update(operations)
    .set({ ...claim(workerId), status: 'running', startedAt: sql`clock_timestamp()` })
    .where(inArray(operations.id, free))
    .returning();
}

/** Renews the claims of a worker, and writes down how far it is. */
export async function renewOperation(
  db: Db,
  workerId: string,
  id: string,
  progress: OperationState['progress'],
): Promise<void> {
  await db
    .update(operations)
    .set({ ...claim(workerId), progress })
    .where(isHeld(workerId, id));
}

/** Writes down what came of it; nothing where another worker has declared this one dead. */
export async function endOperation(
  db: Db,
  workerId: string,
  id: string,
  end: Partial<Pick<OperationRow, 'result' | 'error' | 'progress'>> & Pick<OperationRow, 'status'>,
): Promise<void> {
  await db
    .update(operations)
    .set({ ...end, claimedUntil: null, endedAt: sql`clock_timestamp()` })
    .where(isHeld(workerId, id));
}

/**
 * Ends the operations whose worker is gone, and restarts whose launcher is. They are not begun again: half
 * of one may be done, and what was meant then need not be meant now.
 */
export async function interruptOrphans(db: Db): Promise<void> {
  await db
    .update(operations)
    .set({ status: 'interrupted', claimedUntil: null, endedAt: sql`clock_timestamp()` })
    .where(
      or(
        and(eq(operations.status, 'running'), not(isClaimed(operations.claimedUntil, CLAIM_MS))),
        and(
          isRestart,
          eq(operations.status, 'queued'),
          lt(operations.requestedAt, sql`clock_timestamp() - interval '1 minute'`),
        ),
      ),
    );
}

const isHeld = (workerId: string, id: string) =>
  and(eq(operations.id, id), eq(operations.worker, workerId), eq(operations.status, 'running'));
