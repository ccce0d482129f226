import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { bindDatabase } from '#server/runtime/journal/bind-database.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { noteFunctionReader } from '#server/runtime/stream/function-reader.ts';
import { createStreamHandler } from './deliver-stream-event.ts';

/** The consumer `journal`: events of the stream go into PostgreSQL, into no other event store's database. */
export function createJournalHandler({
  dynamo,
  db,
  store,
  logger,
}: {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: EventStore;
  readonly logger: Logger;
}) {
  const ingest = createIngest({ db, store });
  let isBound = false;
  return createStreamHandler({
    parse: toDeliveredEvent,
    deliver: async (events) => {
      if (!isBound) {
        await bindDatabase({ dynamo, db });
        await noteFunctionReader(dynamo, 'journal', new Date());
        isBound = true;
      }
      return ingest(events);
    },
    logger,
  });
}
