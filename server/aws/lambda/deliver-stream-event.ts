import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Receiver } from '#server/runtime/stream/consume-shard.ts';
import { parseRecords } from '#server/runtime/stream/parse-records.ts';
import { parseStreamEvent } from './parse-stream-event.ts';

/** Lambda goes on in the shard at the lowest of these sequence numbers; at the end when there are none. */
export type StreamAnswer = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
};

/**
 * Makes a Lambda handler of a consumer's receiver: it takes what the worker's consumer takes, and what the
 * worker retries from its checkpoint Lambda retries from the record that the answer names. Of a batch with a
 * record that cannot be read everything before that record is delivered. Throws only for what is no event of
 * a stream.
 */
export function createStreamHandler({
  parse,
  deliver,
  logger,
}: Pick<Receiver<DeliveredEvent>, 'parse' | 'deliver'> & {
  readonly logger: Logger;
}): (event: unknown) => Promise<StreamAnswer> {
  return async (event) => {
    const records = parseStreamEvent(event);
    const events: DeliveredEvent[] = [];
    let unreadable: { readonly sequenceNumber: string; readonly problem: unknown } | undefined;
    for (const { sequenceNumber, content } of records) {
      try {
        if (content instanceof Error) {
          throw content;
        }
        events.push(...parseRecords([content], parse, logger));
      } catch (problem) {
        unreadable = { sequenceNumber, problem };
        break;
      }
    }
    const first = records[0]?.sequenceNumber;
    try {
      if (events.length > 0) {
        await deliver(events);
      }
    } catch (err) {
      logger.error({ err, sequenceNumber: first, events: events.length }, 'a batch is retried');
      return toAnswer(first);
    }
    if (unreadable !== undefined) {
      const { sequenceNumber, problem: err } = unreadable;
      logger.error({ err, sequenceNumber }, 'a record cannot be read, and is retried');
    }
    return toAnswer(unreadable?.sequenceNumber);
  };
}

function toAnswer(sequenceNumber: string | undefined): StreamAnswer {
  return {
    batchItemFailures: sequenceNumber === undefined ? [] : [{ itemIdentifier: sequenceNumber }],
  };
}
