import type { Lease } from './lease.ts';

/** Tells leases of the living from those of the dead. */
export type LeaseWatch = {
  /** Notes what was just read. */
  readonly see: (leases: readonly Lease[]) => void;
  /** Whether the counter has not moved for the lease's duration. */
  readonly isExpired: (lease: Lease) => boolean;
};

/**
 * Watches counters by this worker's own monotonic clock, in milliseconds: clocks of other machines
 * are never compared, so a wrong one cannot take a shard from the living.
 */
export function createLeaseWatch(
  durationMs: number,
  monotonicNow: () => number = () => performance.now(),
): LeaseWatch {
  let seen = new Map<string, { readonly counter: number; readonly since: number }>();
  return {
    see: (leases) => {
      const now = monotonicNow();
      seen = new Map(
        leases.map(({ shardId, counter }) => {
          const last = seen.get(shardId);
          return [shardId, last?.counter === counter ? last : { counter, since: now }];
        }),
      );
    },
    isExpired: ({ shardId, counter }) => {
      const last = seen.get(shardId);
      return last?.counter === counter && monotonicNow() - last.since >= durationMs;
    },
  };
}
