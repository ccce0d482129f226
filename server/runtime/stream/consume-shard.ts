import { setTimeout as sleep } from 'node:timers/promises';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { CATCH_UP, type Checkpoint, SHARD_END, TRIM_HORIZON } from './checkpoint.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import { createFault, type FaultStatus } from './fault.ts';
import { createLeaseSupervisor } from './lease-supervisor.ts';
import { parseRecords } from './parse-records.ts';
import { prefetch } from './prefetch.ts';
import { PositionLostError, readShard, type ShardPage } from './read-shard.ts';
import type { StreamSettings } from './stream-settings.ts';
import type { StreamsApi } from './streams-api.ts';

/** What a consumer does with the events of the stream. */
export type Receiver<Event extends { readonly timestamp: string }> = {
  /** Checks an item. What it throws is shown and retried: no record is passed over. */
  readonly parse: (image: unknown) => Event;
  /** Takes a batch in. Events may come twice, late and out of order: it checks their sequences. */
  readonly deliver: (events: readonly Event[]) => Promise<unknown>;
  /** Everything that was ever written, for when the stream no longer has what comes next. */
  readonly readAll: () => AsyncIterable<readonly Event[]>;
};

export type ShardStatus = FaultStatus & {
  readonly shardId: string;
  /** The timestamp of the newest event that was delivered. */
  readonly lastEventAt: string | null;
  /** The last read came back empty. */
  readonly caughtUp: boolean;
};

export type ShardConsumer = {
  readonly status: () => ShardStatus;
  /** Stops after the batch in hand, saves the checkpoint and gives the lease back. */
  readonly stop: () => Promise<void>;
  /** `finished`: at the shard's end. `stopped`: asked to, or the lease was lost. Never rejects. */
  readonly ended: Promise<'finished' | 'stopped'>;
};

/**
 * Delivers a shard, under a lease that this worker holds, from `checkpoint` to the shard's end.
 * Every error is retried from the last checkpoint, without end and with a backoff. What was trimmed
 * is never skipped: the event store is delivered first, and the reason is shown meanwhile.
 */
export function consumeShard<Event extends { readonly timestamp: string }>({
  dynamo,
  api,
  streamArn,
  key,
  checkpoint,
  workerId,
  receiver,
  settings,
  logger,
  observer,
}: {
  readonly dynamo: Dynamo;
  readonly api: StreamsApi;
  readonly streamArn: string;
  readonly key: { readonly consumer: string; readonly shardId: string };
  readonly checkpoint: Checkpoint;
  readonly workerId: string;
  readonly receiver: Receiver<Event>;
  readonly settings: StreamSettings;
  readonly logger: Logger;
  readonly observer?: ConsumerObserver;
}): ShardConsumer {
  const { shardId } = key;
  const log = logger.child(key);
  const stopping = new AbortController();
  const { signal } = stopping;
  const delivery = createFault(log, 'delivery', observer?.retried);
  const leasing = createFault(log, 'lease', observer?.retried);
  const supervisor = createLeaseSupervisor({
    dynamo,
    key,
    owner: workerId,
    start: checkpoint,
    settings,
    fault: leasing,
    onLost: () => {
      log.warn('another worker has taken the shard');
      observer?.leaseChanged('lost');
      stopping.abort();
    },
    onReleased: () => observer?.leaseChanged('released'),
  });
  let lastEventAt: string | null = null;
  let caughtUp = false;
  /** Nothing has happened since everything came from the event store. */
  let isFresh = false;

  async function run(): Promise<'finished' | 'stopped'> {
    while (!signal.aborted) {
      try {
        await deliverShard();
        break;
      } catch (error) {
        if (!signal.aborted) {
          caughtUp = isFresh = false;
          await pause(delivery.note(error));
        }
      }
    }
    const isFinished = !signal.aborted;
    if (isFinished) {
      supervisor.moveTo(SHARD_END);
    }
    await release();
    return isFinished && !supervisor.isLost() ? 'finished' : 'stopped';
  }

  async function deliverShard(): Promise<void> {
    while (!signal.aborted) {
      if (supervisor.checkpoint() === CATCH_UP) {
        await catchUp();
        continue;
      }
      try {
        return await follow();
      } catch (error) {
        if (!(error instanceof PositionLostError)) {
          throw error;
        }
        if (error.reason === 'forgotten' && isFresh) {
          // The shard itself is gone, and what it held has just come from the event store.
          return;
        }
        delivery.note(new Error(`${error.message} Catching up from the event store.`));
        supervisor.moveTo(CATCH_UP);
      }
    }
  }

  async function catchUp(): Promise<void> {
    log.info('catching up from the event store');
    for await (const events of receiver.readAll()) {
      await receiver.deliver(events);
      if (signal.aborted) {
        return;
      }
    }
    delivery.clear();
    isFresh = true;
    supervisor.moveTo(TRIM_HORIZON);
  }

  async function follow(): Promise<void> {
    const { pollIntervalMs } = settings;
    const position = { api, streamArn, shardId, checkpoint: supervisor.checkpoint() };
    for await (const page of prefetch(readShard({ ...position, pollIntervalMs, signal }))) {
      await deliverPage(page);
      if (signal.aborted) {
        return;
      }
    }
  }

  async function deliverPage({ records, checkpoint }: ShardPage): Promise<void> {
    const events = parseRecords(records, receiver.parse, log);
    if (events.length > 0) {
      await receiver.deliver(events);
      lastEventAt = events.reduce((newest, { timestamp }) => max(newest, timestamp), lastEventAt);
    }
    caughtUp = records.length === 0;
    isFresh = false;
    delivery.clear();
    supervisor.moveTo(checkpoint);
  }

  /** A lease that cannot be given back runs out by itself; the end of a shard must be written. */
  async function release(): Promise<void> {
    for (;;) {
      try {
        return await supervisor.release();
      } catch (error) {
        const wait = leasing.note(error);
        if (signal.aborted) {
          return;
        }
        await pause(wait);
      }
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }

  const ended = run();
  return {
    status: () => {
      const fault = [delivery.status(), leasing.status()].find(({ error }) => error !== null);
      return { shardId, lastEventAt, caughtUp, ...(fault ?? delivery.status()) };
    },
    stop: async () => {
      stopping.abort();
      await ended;
    },
    ended,
  };
}

function max(a: string | null, b: string): string {
  return a !== null && a > b ? a : b;
}
