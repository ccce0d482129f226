import { toDeliveredEvent } from '#server/event-store/delivered-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createIngest } from '#server/journal/ingest.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { createLogger } from '#server/platform/logger.ts';
import type { Db } from '#server/platform/postgres.ts';
import { createHotViews } from '#server/projections/hot-views.ts';
import { type Consumer, createConsumer } from '#server/stream/consumer.ts';

/** Both consumers of the stream, as a worker has them; the test stops them. */
export function startStreamConsumers({
  dynamo,
  store,
  db,
}: {
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly db: Db;
}): Consumer[] {
  const shared = {
    dynamo,
    workerId: 'w1',
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
    pollIntervalMs: 20,
  };
  const receiver = { parse: toDeliveredEvent, readAll: () => store.scanDelivered() };
  const ingest = createIngest({ db, store });
  const updateHotViews = createHotViews({ dynamo, store });
  return [
    createConsumer({ ...shared, name: 'journal', receiver: { ...receiver, deliver: ingest } }),
    createConsumer({
      ...shared,
      name: 'hot-views',
      receiver: { ...receiver, deliver: updateHotViews },
    }),
  ];
}
