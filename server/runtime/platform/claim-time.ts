import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** What rounding to milliseconds may add to a claim. */
const ROUNDING_MS = 1;

/** The moment until which a claim holds that is made or renewed now, by PostgreSQL's clock. */
export function claimedFor(milliseconds: number): SQL {
  return sql`clock_timestamp() + make_interval(secs => ${milliseconds / 1_000})`;
}

/**
 * Whether a claim that is made for so many milliseconds holds until a moment to come. One that ends
 * further ahead than that was made before the clock was set back: it holds no more.
 */
export function isClaimed(until: SQLWrapper, milliseconds: number): SQL<boolean> {
  return sql<boolean>`coalesce(
    ${until} > clock_timestamp() AND ${until} <= ${claimedFor(milliseconds + ROUNDING_MS)}, false)`;
}
