import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import {
  consumeShard,
  type Receiver,
  type ShardConsumer,
  type ShardStatus,
} from './consume-shard.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import { getConsumerPause } from './consumer-pause.ts';
import { createFault } from './fault.ts';
import { type Lease, resumeAt } from './lease.ts';
import { planLeases } from './lease-plan.ts';
import { createLease, listLeases, releaseLease, removeLease, takeLease } from './lease-table.ts';
import { createLeaseWatch } from './lease-watch.ts';
import { isOutrun, listShards, type Shard } from './list-shards.ts';
import { LEASE_SETTINGS, type StreamSettings } from './stream-settings.ts';
import { createStreamsApi, getStreamArn, type StreamsApi } from './streams-api.ts';

export type ConsumerName = 'journal' | 'hot-views';

export type ConsumerStatus = ShardStatus & { readonly name: ConsumerName };

export type Consumer = {
  /** One entry per shard that this worker reads; shard '*' stands for finding shards at all. */
  readonly status: () => ConsumerStatus[];
  /** Stops every shard after its batch in hand and gives the leases back. */
  readonly stop: () => Promise<void>;
};

/** After a shard's end its children are looked for at every pass, for this long. */
const CHILDREN_EXPECTED_MS = 60_000;

/**
 * Follows the events table's stream for one receiver, beside any number of other workers that do
 * the same under the same name: every shard is read by one of them at a time. It runs until it is
 * stopped, through every error; while it is paused it reads nothing. At least once: a batch counts as delivered when `deliver` resolved.
 */
export function createConsumer<Event extends { readonly timestamp: string }>({
  dynamo,
  name,
  workerId,
  receiver,
  logger,
  observer,
  pollIntervalMs,
  leaseSettings = LEASE_SETTINGS,
  streams = { api: createStreamsApi(dynamo.streams), getArn: () => getStreamArn(dynamo) },
}: {
  readonly dynamo: Dynamo;
  readonly name: ConsumerName;
  /** Unique to this process and this start of it: the leases' fence. */
  readonly workerId: string;
  readonly receiver: Receiver<Event>;
  readonly logger: Logger;
  readonly observer?: ConsumerObserver;
  readonly pollIntervalMs: number;
  readonly leaseSettings?: Omit<StreamSettings, 'pollIntervalMs'>;
  readonly streams?: { readonly api: StreamsApi; readonly getArn: () => Promise<string> };
}): Consumer {
  const settings = { ...leaseSettings, pollIntervalMs };
  const log = logger.child({ consumer: name });
  const fault = createFault(log, 'finding shards', observer?.retried);
  const watch = createLeaseWatch(settings.leaseMs);
  const news = createWakeSignal();
  const held = new Map<string, ShardConsumer>();
  let isStopping = false;
  let streamArn: string | undefined;
  let shards: readonly Shard[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;
  let finishedAt = Number.NEGATIVE_INFINITY;

  /** One look at shards and leases. True when another one should follow at once. */
  async function pass(): Promise<boolean> {
    if ((await getConsumerPause(dynamo, name)) !== null) {
      await releaseAll();
      return false;
    }
    streamArn ??= await streams.getArn();
    const leases = await listLeases(dynamo, name);
    await refreshShards(streamArn, leases);
    watch.see(leases);
    const now = new Date();
    const view = { consumer: name, workerId, shards, leases, held: new Set(held.keys()), now };
    const plan = planLeases({ ...view, isExpired: watch.isExpired });
    await Promise.all([
      ...plan.create.map((lease) => createLease(dynamo, lease)),
      ...plan.remove.map((lease) => removeLease(dynamo, lease)),
    ]);
    for (const lease of plan.take) {
      await take(lease, streamArn);
    }
    return plan.create.length > 0;
  }

  async function releaseAll(): Promise<void> {
    await Promise.all([...held.values()].map((shard) => shard.stop()));
  }

  async function refreshShards(arn: string, leases: readonly Lease[]): Promise<void> {
    const now = performance.now();
    const isDue =
      now - listedAt >= settings.listShardsMs || now - finishedAt < CHILDREN_EXPECTED_MS;
    if (isDue || shards.length === 0 || isOutrun(shards, leases)) {
      shards = await listShards(streams.api, arn);
      listedAt = now;
    }
  }

  async function take(lease: Lease, arn: string): Promise<void> {
    const now = new Date();
    const checkpoint = resumeAt(lease, now);
    if (isStopping || !(await takeLease(dynamo, lease, { owner: workerId, checkpoint, now }))) {
      return;
    }
    const { shardId, owner } = lease;
    // Looked at behind the taking: whoever pauses waits for what was taken before.
    if ((await getConsumerPause(dynamo, name)) !== null) {
      await releaseLease(dynamo, lease, { owner: workerId, checkpoint, now });
      return;
    }
    log.info({ shardId, checkpoint, from: owner }, 'reading a shard');
    observer?.leaseChanged(owner === null ? 'taken' : 'stolen');
    const key = { consumer: name, shardId };
    const { api } = streams;
    const shared = { dynamo, api, streamArn: arn, workerId, receiver, settings, logger, observer };
    const shard = consumeShard({ ...shared, key, checkpoint });
    held.set(shardId, shard);
    shard.ended.then((outcome) => {
      held.delete(shardId);
      if (outcome === 'finished') {
        log.info({ shardId }, 'a shard is finished');
        finishedAt = performance.now();
        news.wake();
      }
    });
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        const isUnsettled = await pass();
        fault.clear();
        if (!isUnsettled) {
          await news.sleep(settings.renewMs);
        }
      } catch (error) {
        // The stream may have been rebuilt, under another name.
        streamArn = undefined;
        await news.sleep(fault.note(error));
      }
    }
  }

  const running = run();
  return {
    status: () => {
      const shardsHeld = [...held.values()].map((shard) => ({ name, ...shard.status() }));
      const { error, errorSince } = fault.status();
      const finding = { name, shardId: '*', lastEventAt: null, caughtUp: false, error, errorSince };
      return error === null ? shardsHeld : [...shardsHeld, finding];
    },
    stop: async () => {
      isStopping = true;
      news.wake();
      await running;
      await releaseAll();
    },
  };
}
