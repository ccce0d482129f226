import { and, asc, eq, inArray, not, sql } from 'drizzle-orm';
import type { OperationState } from '#lib/contracts/operations.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { operations } from './operations-table.ts';

/** A claim that is not renewed for this long is a dead worker's. */
const CLAIM_MS = 10_000;

export type OperationRow = typeof operations.$inferSelect;

const claim = (workerId: string) => ({ worker: workerId, claimedUntil: claimedFor(CLAIM_MS) });

/** Takes up the longest waiting operations, at most `limit`, for one worker each. */
export function claimOperations(db: Db, workerId: string, limit: number): Promise<OperationRow[]> {
  const free = db
    .select({ id: operations.id })
    .from(operations)
    .where(eq(operations.status, 'queued'))
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
 * Ends the operations whose worker is gone. They are not begun again: half of one may be done, and what
 * was meant then need not be meant now.
 */
export async function interruptOrphans(db: Db): Promise<void> {
  await db
    .update(operations)
    .set({ status: 'interrupted', claimedUntil: null, endedAt: sql`clock_timestamp()` })
    .where(
      and(eq(operations.status, 'running'), not(isClaimed(operations.claimedUntil, CLAIM_MS))),
    );
}

const isHeld = (workerId: string, id: string) =>
  and(eq(operations.id, id), eq(operations.worker, workerId), eq(operations.status, 'running'));
