import { and, eq, inArray, isNull, ne, not, or } from 'drizzle-orm';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { CLAIM_MS } from '#server/runtime/views/claim.ts';
import { ACTIVE } from './candidate-checkpoint.ts';
import { rebuilds } from './rebuilds-table.ts';

/** A claim as a worker holds it. */
export type ClaimedRebuild = { readonly id: number; readonly projection: string };

const claim = (workerId: string) => ({
  worker: workerId,
  claimedUntil: claimedFor(CLAIM_MS),
});

/**
 * Renews a worker's claims to active rebuilds, and claims those that nobody works at. It saves work
 * and shows who does it; what keeps the tables right is the compare-and-set on the checkpoint alone.
 */
export async function claimRebuilds(
  db: Db,
  workerId: string,
  {
    held,
    projections,
    filledBy,
  }: {
    readonly held: readonly number[];
    readonly projections: readonly string[];
    readonly filledBy: 'journal' | 'bus';
  },
): Promise<ClaimedRebuild[]> {
  const { id, projection, kind } = rebuilds;
  const renewed = await db
    .update(rebuilds)
    .set(claim(workerId))
    .where(
      and(
        inArray(id, [...held, 0]),
        eq(rebuilds.worker, workerId),
        inArray(rebuilds.status, ACTIVE),
      ),
    )
    .returning({ id, projection });
  // A locked row is being worked on.
  const free = db
    .select({ id })
    .from(rebuilds)
    .where(
      and(
        inArray(rebuilds.status, ACTIVE),
        inArray(projection, [...projections]),
        filledBy === 'bus' ? eq(kind, 'bus') : ne(kind, 'bus'),
        or(isNull(rebuilds.worker), not(isClaimed(rebuilds.claimedUntil, CLAIM_MS))),
      ),
    )
    .for('update', { skipLocked: true });
  const taken = await db
    .update(rebuilds)
    .set(claim(workerId))
    .where(inArray(id, free))
    .returning({ id, projection });
  return [...renewed, ...taken];
}

/** Gives a claim up, if it is still this worker's. */
export async function releaseRebuild(db: Db, id: number, workerId: string): Promise<void> {
  await db
    .update(rebuilds)
    .set({ worker: null, claimedUntil: null })
    .where(
      and(eq(rebuilds.id, id), eq(rebuilds.worker, workerId), inArray(rebuilds.status, ACTIVE)),
    );
}
