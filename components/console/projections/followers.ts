import type { ConsumerStatus, ProjectionLag, ProjectionStatus } from '#lib/contracts/queries.ts';
import type { HotViewStatus, SystemState } from '#lib/contracts/system.ts';

/** Something that follows the event store: a projection, a view in DynamoDB, or a consumer of the stream. */
export type Follower = {
  readonly name: string;
  readonly kind: 'projection' | 'hot-view' | 'consumer';
  readonly status: ProjectionStatus['status'];
  /** Why it is not simply running, or the error that is being retried. */
  readonly reason: string | null;
  /** Of its tables or items; null for what has none. */
  readonly version: number | null;
  /** The journal position up to which it holds all; null for what has none. */
  readonly position: number | null;
  /** When its checkpoint last moved. */
  readonly updatedAt: string | null;
  readonly workers: readonly string[];
  /** Aggregates that wait at dead letters in it; null where they cannot be counted. */
  readonly deadLetters: number | null;
  /** Of a consumer. */
  readonly shards: readonly ConsumerStatus[];
};

/** What was last known of everything that follows. */
export type KnownParts = Pick<SystemState, 'hotViews' | 'waiting'> & {
  readonly known: {
    readonly lag: ProjectionLag | null;
    readonly consumers: readonly ConsumerStatus[] | null;
  };
};

/** What is built in PostgreSQL. Pure, like all of these. */
export function toProjectionFollowers({ known, waiting }: KnownParts): Follower[] {
  return (known.lag?.projections ?? []).map(({ worker, ...projection }) => ({
    ...projection,
    kind: 'projection',
    workers: worker === null ? [] : [worker],
    deadLetters: waiting[projection.name] ?? null,
    shards: [],
  }));
}

/** What is built in DynamoDB; whoever reads the stream for the hot views works on each of them. */
export function toHotViewFollowers({ hotViews, known, waiting }: KnownParts): Follower[] {
  const shards = (known.consumers ?? []).filter(({ name }) => name === HOT_CONSUMER);
  return hotViews.map(({ name, version, status, reason }) => ({
    name,
    kind: 'hot-view',
    status,
    reason,
    version,
    position: null,
    updatedAt: toNewest(shards),
    workers: toWorkers(shards),
    deadLetters: waiting[name] ?? null,
    shards: [],
  }));
}

/** Who reads the stream: each consumer with all its shards, faring as the worst of them. */
export function toConsumerFollowers({ known, waiting, hotViews }: KnownParts): Follower[] {
  const names = [...new Set((known.consumers ?? []).map(({ name }) => name))];
  return names.map((name) => {
    const shards = (known.consumers ?? []).filter((shard) => shard.name === name);
    const worst = WORST_FIRST.map((status) => shards.find((shard) => shard.status === status)).find(
      (shard) => shard !== undefined,
    );
    return {
      name,
      kind: 'consumer',
      status: worst?.status ?? 'unknown',
      reason: worst?.error ?? worst?.reason ?? null,
      version: null,
      position: name === JOURNAL ? (known.lag?.head ?? null) : null,
      updatedAt: toNewest(shards),
      workers: toWorkers(shards),
      deadLetters: name === HOT_CONSUMER ? sumWaiting(waiting, hotViews) : (waiting[name] ?? null),
      shards,
    };
  });
}

/** The consumers, as operators name them. */
export const JOURNAL = 'journal';
export const HOT_CONSUMER = 'hot-views';

const WORST_FIRST: readonly ConsumerStatus['status'][] = [
  'paused',
  'down',
  'stuck',
  'outdated',
  'blocked',
  'unknown',
  'running',
];

function toNewest(shards: readonly ConsumerStatus[]): string | null {
  return (
    shards
      .map(({ updatedAt }) => updatedAt ?? '')
      .toSorted()
      .at(-1) || null
  );
}

function toWorkers(shards: readonly ConsumerStatus[]): string[] {
  return [...new Set(shards.flatMap(({ worker }) => worker ?? []))];
}

function sumWaiting(
  waiting: SystemState['waiting'],
  hotViews: readonly HotViewStatus[],
): number | null {
  const counts = hotViews.map(({ name }) => waiting[name] ?? null);
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
