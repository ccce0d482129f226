import { CATCH_UP, SHARD_END, TRIM_HORIZON } from './checkpoint.ts';
import type { Lease } from './lease.ts';
import type { Shard } from './list-shards.ts';

/** What a worker sees of a consumer's shards and leases at a moment. */
export type LeaseView = {
  readonly consumer: string;
  readonly workerId: string;
  readonly shards: readonly Shard[];
  readonly leases: readonly Lease[];
  /** The shards that this worker reads already. */
  readonly held: ReadonlySet<string>;
  readonly isExpired: (lease: Lease) => boolean;
  readonly now: Date;
};

/** What it does about it. */
export type LeasePlan = {
  readonly create: readonly Lease[];
  readonly take: readonly Lease[];
  readonly remove: readonly Lease[];
};

/**
 * Shares the shards among the workers, each deciding for itself: everyone takes free shards up to
 * the fair share, and when there are none left, one shard at a time from a worker that reads at
 * least two more. A shard is up only once its parents are finished, so that an aggregate's events
 * keep their order over a split. Pure.
 */
export function planLeases(view: LeaseView): LeasePlan {
  const { leases, shards } = view;
  const listed = new Set(shards.map(({ shardId }) => shardId));
  return {
    create: toCreate(view, listed),
    take: toTake(view, listed),
    remove: leases.filter((lease) => isFinished(lease) && !listed.has(lease.shardId)),
  };
}

function toCreate(
  { consumer, shards, leases, now }: LeaseView,
  listed: ReadonlySet<string>,
): Lease[] {
  const known = new Set(leases.map(({ shardId }) => shardId));
  const created = shards
    .filter(({ shardId }) => !known.has(shardId))
    .map(({ shardId, parents }) => ({
      consumer,
      shardId,
      owner: null,
      counter: 0,
      checkpoint: TRIM_HORIZON,
      parents: [...parents],
      updatedAt: now.toISOString(),
    }));
  // A consumer without a past begins with the event store: the stream holds the last day only.
  const first = created.find(({ parents }) => !parents.some((parent) => listed.has(parent)));
  return leases.length > 0
    ? created
    : created.map((lease) => (lease === first ? { ...lease, checkpoint: CATCH_UP } : lease));
}

function toTake(view: LeaseView, listed: ReadonlySet<string>): Lease[] {
  const { leases, held, workerId, isExpired } = view;
  const byShard = new Map(leases.map((lease) => [lease.shardId, lease]));
  const isOver = (parent: string) => {
    const lease = byShard.get(parent);
    return lease === undefined ? !listed.has(parent) : isFinished(lease);
  };
  const ready = leases.filter((lease) => !isFinished(lease) && lease.parents.every(isOver));
  const others = new Map<string, Lease[]>();
  const free: Lease[] = [];
  for (const lease of ready.filter(({ shardId }) => !held.has(shardId))) {
    if (lease.owner === null || lease.owner === workerId || isExpired(lease)) {
      free.push(lease);
    } else {
      others.set(lease.owner, [...(others.get(lease.owner) ?? []), lease]);
    }
  }
  if (free.length > 0) {
    const share = Math.ceil(ready.length / (others.size + 1));
    return free.slice(0, Math.max(0, share - held.size));
  }
  const [richest = []] = [...others.values()].sort((a, b) => b.length - a.length);
  return richest.length >= held.size + 2 ? richest.slice(0, 1) : [];
}

function isFinished({ checkpoint }: Lease): boolean {
  return checkpoint === SHARD_END;
}
