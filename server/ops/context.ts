import type { CommandHandler } from '#server/commands/command-context.ts';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Instance } from '#server/local/open-instance.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import { createPostgres, type Db } from '#server/platform/postgres.ts';

/** What the commands of the command line work with. */
export type OpsContext = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: EventStore;
  readonly handler: CommandHandler;
  readonly now: () => Date;
  /** For how long the records of commands are kept. */
  readonly commandRetentionDays: number;
  readonly close: () => Promise<void>;
};

/** Wires the process. `close` lets go of the databases, and stops those that it had started. */
export function createOpsContext({ env, close }: Instance): OpsContext {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-ops', max: 8 });
  const commandRetentionDays = env.COMMAND_RETENTION_DAYS;
  const store = createEventStore(dynamo, { commandRetentionDays });
  const now = () => new Date();
  // A snapshot that is not written costs the next reader some time, and nothing else.
  const handler = createCommandHandler({ store, now, onSnapshotError: () => {} });
  return {
    dynamo,
    db: postgres.db,
    store,
    handler,
    now,
    commandRetentionDays,
    close: async () => {
      await handler.close();
      dynamo.close();
      await postgres.close();
      await close();
    },
  };
}
