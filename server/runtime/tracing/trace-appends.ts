import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { toErrorType } from './error-type.ts';
import type { Tracing } from './tracing.ts';

/** The same store, with a span for each append, and beneath it one for each event that it stored. */
export function traceAppends(store: EventStore, tracing: Tracing): EventStore {
  return {
    ...store,
    append: async (events, ...rest) => {
      const begunAt = Date.now();
      const span = tracing.open({
        name: 'TransactWriteItems',
        kind: 'CLIENT',
        attributes: {
          'db.system.name': 'aws.dynamodb',
          'db.operation.name': 'TransactWriteItems',
        },
      });
      try {
        const result = await store.append(events, ...rest);
        span.set({ 'playhead.outcome': result.kind });
        if (result.kind === 'appended') {
          span.inside(() => tracing.noteStored(events, begunAt));
        }
        return result;
      } catch (error) {
        span.fail(toErrorType(error));
        throw error;
      } finally {
        span.end();
      }
    },
  };
}
