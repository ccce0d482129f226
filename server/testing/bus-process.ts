import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createBusPublisher } from '#server/runtime/bus/bus-publisher.ts';
import { createBus } from '#server/runtime/bus/create-bus.ts';
import { createReplayRunner } from '#server/runtime/bus/replay-runner.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';

/** What a worker does with the bus, in a process of its own, for a test to kill. */
const env = parseEnv(process.env);
const { db } = createPostgres(env, { application: 'bus-process', max: 6 });
const logger = createLogger(env, 'bus-process');
const bus = createBus(env);
if (bus === undefined) {
  throw new Error('PLAYHEAD_BUS_ENDPOINT is missing.');
}
const workerId = `victim-${process.pid}`;
createBusPublisher({ db, bus, workerId, logger });
createReplayRunner({
  db,
  bus,
  projections: [transactionsView],
  workerId,
  logger,
  // What a killed process had received comes again soon.
  visibilitySeconds: 1,
});
