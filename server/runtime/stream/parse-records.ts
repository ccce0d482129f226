import type { Logger } from '#server/runtime/platform/logger.ts';
import type { StreamRecord } from './stream-record.ts';

/** The items of these records, parsed. Throws at the first that cannot be, and names the record. */
export function parseRecords<Event>(
  records: readonly StreamRecord[],
  parse: (image: unknown) => Event,
  logger: Logger,
): Event[] {
  return records.flatMap(({ isRemoval, image, sequenceNumber }) => {
    if (isRemoval) {
      // Nobody deletes events; views built before keep it, and reconcile shows the difference.
      logger.error({ sequenceNumber }, 'an event was deleted from the event store');
      return [];
    }
    try {
      return [parse(image)];
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      // Without the cause: it would be shown in place of this sentence.
      throw new Error(`Record ${sequenceNumber} cannot be read: ${problem}`);
    }
  });
}
