import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Registered } from '#server/runtime/registered.ts';
import { type Consumer, createConsumer } from '#server/runtime/stream/consumer.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';

/** Both consumers of the stream, as a worker has them; the test stops them. */
export function startStreamConsumers({
  dynamo,
  store,
  db,
  registered = TEST_REGISTRY,
}: {
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly db: Db;
  readonly registered?: Pick<Registered, 'hotViews'>;
}): Consumer[] {
  const shared = {
    dynamo,
    workerId: 'w1',
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
    pollIntervalMs: 20,
  };
  const receiver = { parse: toDeliveredEvent, readAll: () => store.scanDelivered() };
  const ingest = createIngest({ db, store });
  const updateHotViews = createHotViews({ dynamo, store, hotViews: registered.hotViews });
  return [
    createConsumer({ ...shared, name: 'journal', receiver: { ...receiver, deliver: ingest } }),
    createConsumer({
      ...shared,
      name: 'hot-views',
      receiver: { ...receiver, deliver: updateHotViews },
    }),
  ];
}
