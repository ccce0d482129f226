/**
 * Where a consumer goes on in a shard: after a record (its sequence number), or at one of these.
 */

/** At the oldest record that the shard still has. */
export const TRIM_HORIZON = 'TRIM_HORIZON';

/** The shard is closed and delivered to its last record: its children may start. */
export const SHARD_END = 'SHARD_END';

/**
 * The stream no longer has what comes next (or may not have it): everything in the event store is
 * delivered first, then the shard from TRIM_HORIZON on. It is kept in the lease, so that a worker
 * that dies over it leaves it to the next one.
 */
export const CATCH_UP = 'CATCH_UP';

export type Checkpoint = string;
