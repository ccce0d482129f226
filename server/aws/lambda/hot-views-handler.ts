import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { HOT_CONSUMER } from '#server/runtime/hot-views/pause-hot-views.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { getConsumerPause } from '#server/runtime/stream/consumer-pause.ts';
import { noteFunctionReader } from '#server/runtime/stream/function-reader.ts';
import { createStreamHandler } from './deliver-stream-event.ts';

type HotViewsDeps = Parameters<typeof createHotViews>[0];

/** The consumer `hot-views`: events of the stream go into the views in DynamoDB, unless those are paused. */
export function createHotViewsHandler({
  logger,
  ...deps
}: Pick<HotViewsDeps, 'dynamo' | 'store' | 'hotViews'> & { readonly logger: Logger }) {
  const update = createHotViews(deps);
  let isNoted = false;
  return createStreamHandler({
    parse: toDeliveredEvent,
    deliver: async (events) => {
      if ((await getConsumerPause(deps.dynamo, HOT_CONSUMER)) !== null) {
        throw new Error('The hot views are paused: what comes meanwhile waits in the stream.');
      }
      if (!isNoted) {
        await noteFunctionReader(deps.dynamo, HOT_CONSUMER, new Date());
        isNoted = true;
      }
      await update(events);
    },
    logger,
  });
}
