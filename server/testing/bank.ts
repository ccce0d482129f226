import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import {
  createEventlessLog,
  type EventlessLog,
} from '#server/runtime/commands/eventless/eventless-log.ts';
import { withEventlessLog } from '#server/runtime/commands/eventless/with-eventless-log.ts';
import type { ReadArchive } from '#server/runtime/event-store/archived-events.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger, type Logger } from '#server/runtime/platform/logger.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import type { Registered } from '#server/runtime/registered.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { FULL_REGISTRY, TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTestDynamo, createTestPostgres, type TestPostgres } from './engines.ts';

/** A bank of its own on the engines of the run: the write side and both read sides. */
export type TestBank = {
  readonly dynamo: Dynamo;
  readonly postgres: TestPostgres;
  readonly store: EventStore;
  readonly registered: Registered;
  readonly handler: CommandHandler;
  readonly eventless: EventlessLog;
  readonly notifications: NotificationSource;
  readonly logger: Logger;
  /** Carries a command out, by an actor of that name and with a command id of its own. */
  readonly run: (command: Command, input: unknown, actor?: string) => Promise<CommandResult>;
  /** Delivers every event that commands wrote since the last time: journal and hot views. */
  readonly ingest: () => Promise<void>;
  /** Ingests, and resolves when every projection has come to the journal's head. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const TIMEOUT_MS = 30_000;

/**
 * Wires the event store, the command handler, ingest, the projectors and the hot views in this
 * process, of the bank alone unless said otherwise; no stream is between them, so a test decides when events
 * arrive. The suite closes it in `afterAll`.
 */
export async function createTestBank(
  registered: Registered = TEST_REGISTRY,
  { readArchive, now = () => new Date() }: { readArchive?: ReadArchive; now?: () => Date } = {},
): Promise<TestBank> {
  const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
  const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
  const store = createEventStore(dynamo, registered.aggregates, { readArchive });
  const notifications = createNotifications(postgres);
  const ingestEvents = createIngest({ db: postgres.db, store });
  const updateHotViews = createHotViews({ dynamo, store, hotViews: registered.hotViews });
  const journal = createJournalReader(postgres.db, store);
  const projectors = registered.views.map((projection) =>
    createProjector({ postgres, journal, projection, workerId: 'test-bank', logger }),
  );
  const wakeAll = () => {
    for (const projector of projectors) {
      projector.wake();
    }
  };
  notifications.subscribe(wakeAll);
  const written = new Map<string, number>();
  const ingested = new Map<string, number>();

  const fail = (error: unknown) => {
    throw error;
  };
  const eventless = createEventlessLog({
    dynamo,
    now,
    retentionDays: 90,
    rejections: FULL_REGISTRY.rejections,
    onError: fail,
  });
  const commands = withEventlessLog(
    createCommandHandler({ store, now, onSnapshotError: fail }),
    eventless,
  );
  const handler: CommandHandler = {
    ...commands,
    execute: async (origin, command) => {
      const result = await commands.execute(origin, command);
      for (const { aggregateId, sequence } of result.tokens) {
        written.set(aggregateId, Math.max(sequence, written.get(aggregateId) ?? 0));
      }
      return result;
    },
  };

  async function ingest() {
    for (const [aggregateId, sequence] of written) {
      const from = (ingested.get(aggregateId) ?? 0) + 1;
      if (from <= sequence) {
        const events = await store.read(aggregateId, { from, to: sequence });
        await Promise.all([ingestEvents(events), updateHotViews(events)]);
        ingested.set(aggregateId, sequence);
      }
    }
  }

  async function settle() {
    await ingest();
    wakeAll();
    const deadline = Date.now() + TIMEOUT_MS;
    for (;;) {
      const { projections } = await getProjectionLag(postgres.db, registered.views);
      if (projections.every(({ eventsBehind }) => eventsBehind === 0)) {
        return;
      }
      if (Date.now() > deadline) {
        const problems = projectors.map((projector) => projector.status().error);
        throw new Error(`Not settled: ${JSON.stringify({ projections, problems })}`);
      }
      await sleep(10);
    }
  }

  return {
    dynamo,
    postgres,
    store,
    registered,
    handler,
    eventless,
    notifications,
    logger,
    run: (command, input, actor = 'tester') =>
      runCommand({ actor, commandId: randomUUID(), handler }, command, input),
    ingest,
    settle,
    close: async () => {
      await Promise.all(projectors.map((projector) => projector.stop()));
      await handler.close();
      await postgres.close();
      dynamo.close();
    },
  };
}
