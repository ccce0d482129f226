import type { Logger } from '#server/runtime/platform/logger.ts';
import type { StreamRecord } from './stream-record.ts';

/** The items of these records, parsed. Throws at the first that cannot be, and names the record. */
export function parseRecords<Event>(
  records: readonly StreamRecord[],
  parse: (image: unknown) => Event,
  logger: Logger,
): Event[] {
  const [removal, ...others] = records.filter(({ isRemoval }) => isRemoval);
  if (removal !== undefined) {
    // Nobody deletes events but who removes archived ones. Views keep what came of them, and reconcile
    // shows the difference where the archive does not have them either.
    const { sequenceNumber } = removal;
    const count = others.length + 1;
    logger.warn({ sequenceNumber, count }, 'events were deleted from the events table');
  }
  return records.flatMap(({ isRemoval, image, sequenceNumber }) => {
    if (isRemoval) {
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
