/**
 * What happened to a lease of this worker: `taken` when it was free, `stolen` from another worker,
 * that was dead or had more than its share; `lost` to another worker; `released` by itself.
 */
export const LEASE_CHANGES = ['taken', 'stolen', 'lost', 'released'] as const;
export type LeaseChange = (typeof LEASE_CHANGES)[number];

/** Hears what a consumer does, to count it. Must not throw. */
export type ConsumerObserver = {
  readonly leaseChanged: (change: LeaseChange) => void;
  /** An attempt failed and will be repeated. */
  readonly retried: () => void;
};
