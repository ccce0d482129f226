import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext, CommandHandler } from '#server/commands/command-context.ts';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createIngest } from '#server/journal/ingest.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { createLogger, type Logger } from '#server/platform/logger.ts';
import { createNotifications, type NotificationSource } from '#server/platform/notifications.ts';
import { createHotViews } from '#server/projections/hot-views.ts';
import { createJournalReader } from '#server/projections/journal-reader.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { createProjector } from '#server/projections/projector.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import { createTestDynamo, createTestPostgres, type TestPostgres } from './engines.ts';

type Verb = (ctx: CommandContext, input: unknown) => Promise<CommandResult>;

/** A bank of its own on the engines of the run: the write side and both read sides. */
export type TestBank = {
  readonly dynamo: Dynamo;
  readonly postgres: TestPostgres;
  readonly store: EventStore;
  readonly handler: CommandHandler;
  readonly notifications: NotificationSource;
  readonly logger: Logger;
  /** Carries a command out, by an actor of that name and with a command id of its own. */
  readonly run: (verb: Verb, input: unknown, actor?: string) => Promise<CommandResult>;
  /** Delivers every event that commands wrote since the last time: journal and hot views. */
  readonly ingest: () => Promise<void>;
  /** Ingests, and resolves when every projection has come to the journal's head. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const PATIENCE_MS = 30_000;

/**
 * Wires the event store, the command handler, ingest, the projectors and the hot views in this
 * process; no stream is between them, so a test decides when events arrive. The suite closes it in `afterAll`.
 */
export async function createTestBank(): Promise<TestBank> {
  const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
  const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
  const store = createEventStore(dynamo);
  const notifications = createNotifications(postgres);
  const ingestEvents = createIngest({ db: postgres.db, store });
  const updateHotViews = createHotViews({ dynamo, store });
  const journal = createJournalReader(postgres.db);
  const projectors = PROJECTIONS.map((projection) =>
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

  const commands = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (error) => {
      throw error;
    },
  });
  const handler: CommandHandler = {
    ...commands,
    execute: async (origin, command) => {
      const result = await commands.execute(origin, command);
      for (const { accountId, sequence } of result.tokens) {
        written.set(accountId, Math.max(sequence, written.get(accountId) ?? 0));
      }
      return result;
    },
  };

  async function ingest() {
    for (const [accountId, sequence] of written) {
      const from = (ingested.get(accountId) ?? 0) + 1;
      if (from <= sequence) {
        const events = await store.read(toAggregateId(accountId), { from, to: sequence });
        await Promise.all([ingestEvents(events), updateHotViews(events)]);
        ingested.set(accountId, sequence);
      }
    }
  }

  async function settle() {
    await ingest();
    wakeAll();
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { projections } = await getProjectionLag(postgres.db);
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
    handler,
    notifications,
    logger,
    run: (verb, input, actor = 'tester') =>
      verb({ actor, commandId: randomUUID(), handler }, input),
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
