import type { Instance } from '#server/local/open-instance.ts';
import { createArchiveReader } from '#server/runtime/archive/create-archive-reader.ts';
import { openArchiveStorage } from '#server/runtime/archive/open-archive.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventlessLog } from '#server/runtime/commands/eventless/eventless-log.ts';
import { withEventlessLog } from '#server/runtime/commands/eventless/with-eventless-log.ts';
import { IMPORT_CACHE } from '#server/runtime/commands/state-cache.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import type { Registry } from '#server/runtime/registry.ts';
import { createOutbound } from '#server/runtime/webhooks/outbound.ts';

/** Wires the process. `close` lets go of the databases, and stops those that it had started. */
export function createOpsContext({ env, url, close }: Instance, registry: Registry): OpsContext {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-ops', max: 8 });
  const commandRetentionDays = env.COMMAND_RETENTION_DAYS;
  const archive = openArchiveStorage(env);
  const store = createEventStore(dynamo, registry.aggregates, {
    commandRetentionDays,
    appendsTogether: true,
    readArchive: archive && createArchiveReader(archive),
  });
  const now = () => new Date();
  // A snapshot that is not written costs the next reader some time, and nothing else; and a refusal that
  // is not kept is missing in the history of commands only.
  const handler = withEventlessLog(
    createCommandHandler({ store, now, onSnapshotError: () => {}, cacheSize: IMPORT_CACHE }),
    createEventlessLog({
      dynamo,
      now,
      retentionDays: commandRetentionDays,
      rejections: registry.rejections,
      onError: () => {},
    }),
  );
  const outbound = createOutbound(env);
  return {
    dynamo,
    db: postgres.db,
    store,
    handler,
    registered: registry,
    now,
    url,
    archive,
    archiveAfterDays: env.ARCHIVE_AFTER_DAYS,
    commandRetentionDays,
    outbound,
    close: async () => {
      await handler.close();
      outbound?.close();
      dynamo.close();
      await postgres.close();
      await close();
    },
  };
}
