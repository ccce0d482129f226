import type { ViewFreshness } from '#lib/contracts/system.ts';
import type { ConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import type { ProjectionProgress } from '#server/runtime/views/lag.ts';
import type { ProjectionStatus } from '#server/runtime/views/projection-status.ts';

/** What is known of a view at one moment. */
export type FreshnessFacts = {
  readonly view: string;
  /** The rows of the stream's consumer that feeds it; null while they cannot be read. */
  readonly consumer: readonly Omit<ConsumerLag, 'name'>[] | null;
  /** Of a projection, which follows the journal; null while PostgreSQL does not answer. */
  readonly projection?:
    | (Pick<ProjectionProgress, 'eventsBehind' | 'secondsBehind'> & {
        readonly status: ProjectionStatus;
      })
    | null;
  /** Aggregates that wait at dead letters in it, in words; null while they cannot be counted. */
  readonly waiting: string | null;
  /** Null while PostgreSQL does not answer. */
  readonly thresholdSeconds: number | null;
  /** Whether a worker lives, and when one last reported; null while their reports cannot be read. */
  readonly worker: { readonly lives: boolean; readonly seenAt: string | null } | null;
  readonly now: Date;
};

type Verdict = Pick<ViewFreshness, 'state' | 'reason' | 'since'>;

/**
 * How fresh a view is against the event store: what the stream still has unread counts as much as
 * what the journal has. What cannot be measured is unknown. Pure.
 */
export function toViewFreshness(facts: FreshnessFacts): ViewFreshness {
  const count = countBehind(facts);
  const verdict =
    toPaused(facts) ?? toStopped(facts) ?? toStuck(facts) ?? toUnknown(facts, count.eventsBehind);
  const { view, thresholdSeconds } = facts;
  return { view, ...count, thresholdSeconds, ...(verdict ?? toMoving(facts, count.eventsBehind)) };
}

function countBehind({ consumer, projection, now }: FreshnessFacts) {
  const parts = [...(consumer ?? []), ...(projection ? [projection] : [])];
  const isAsked = consumer !== null && consumer.length > 0 && projection !== null;
  const { eventsBehind, seconds } = measureBehind(parts, isAsked);
  return {
    eventsBehind,
    atLeast: (consumer ?? []).some(({ atLeast }) => atLeast),
    behindSince: seconds > 0 ? new Date(now.getTime() - seconds * 1_000).toISOString() : null,
  };
}

type Behind = Pick<ConsumerLag, 'eventsBehind' | 'secondsBehind'>;

/**
 * How many events a view does not hold, by the parts of their way: null where one of them cannot be
 * counted, or could not be asked (`isAsked`). And for how long the oldest of them has waited. Pure.
 */
export function measureBehind(parts: readonly Behind[], isAsked: boolean) {
  const isKnown = isAsked && parts.every(({ eventsBehind }) => eventsBehind !== null);
  return {
    eventsBehind: isKnown
      ? parts.reduce((sum, { eventsBehind }) => sum + (eventsBehind ?? 0), 0)
      : null,
    seconds: Math.max(0, ...parts.map(({ secondsBehind }) => secondsBehind ?? 0)),
  };
}

function toPaused({ consumer, projection }: FreshnessFacts): Verdict | undefined {
  if (projection?.status.kind === 'paused') {
    const { reason, since } = projection.status;
    return { state: 'paused', reason, since };
  }
  const paused = consumer?.find(({ status }) => status === 'paused');
  return paused && { state: 'paused', reason: paused.reason, since: null };
}

function toStopped({ consumer, projection, worker }: FreshnessFacts): Verdict | undefined {
  if (worker?.lives === false) {
    return { state: 'stopped', reason: 'No worker runs.', since: worker.seenAt };
  }
  const status = projection?.status;
  if (status?.kind === 'down' || status?.kind === 'outdated') {
    return { state: 'stopped', reason: status.reason, since: status.since };
  }
  const isUnread = consumer?.some((shard) => shard.status === 'down');
  return isUnread
    ? { state: 'stopped', reason: 'No worker reads the stream for it.', since: null }
    : undefined;
}

function toStuck({ consumer, projection }: FreshnessFacts): Verdict | undefined {
  if (projection?.status.kind === 'stuck') {
    const { reason, since } = projection.status;
    return { state: 'stuck', reason, since };
  }
  const stuck = consumer?.find(({ status }) => status === 'stuck');
  return stuck && { state: 'stuck', reason: stuck.error, since: null };
}

function toUnknown(
  { consumer, projection, worker, waiting }: FreshnessFacts,
  eventsBehind: number | null,
): Verdict | undefined {
  const unknown = (reason: string): Verdict => ({ state: 'unknown', reason, since: null });
  if (projection === null) {
    return unknown('PostgreSQL does not answer.');
  }
  if (consumer === null || worker === null) {
    return unknown('DynamoDB does not answer, so what is on its way cannot be counted.');
  }
  if (consumer.length === 0) {
    return unknown('The stream shows no shard yet.');
  }
  if (eventsBehind === null) {
    return unknown('What is unread in the stream cannot be counted now.');
  }
  return waiting === null ? unknown('Its dead letters cannot be counted now.') : undefined;
}

function toMoving({ waiting }: FreshnessFacts, eventsBehind: number | null): Verdict {
  if (waiting) {
    return { state: 'blocked', reason: waiting, since: null };
  }
  return { state: eventsBehind === 0 ? 'fresh' : 'behind', reason: null, since: null };
}
