import { asc, sql } from 'drizzle-orm';
import { isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { CLAIM_MS } from './claim.ts';
import { projections } from './projections-table.ts';

/** Who runs a projection, and how far it has come. */
export type ProjectionClaim = {
  readonly projection: string;
  /** Null when nobody does. */
  readonly owner: string | null;
  readonly version: number;
  readonly position: number;
};

/** The claims to projections, by name; those that have run out are nobody's. */
export async function listClaims(db: Db): Promise<ProjectionClaim[]> {
  const { name, version, position, claimedBy, claimedUntil } = projections;
  return db
    .select({
      projection: name,
      owner: sql<
        string | null
      >`CASE WHEN ${isClaimed(claimedUntil, CLAIM_MS)} THEN ${claimedBy} END`,
      version,
      position,
    })
    .from(projections)
    .orderBy(asc(name));
}
