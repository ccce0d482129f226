import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { getArchivedAggregate } from './archived-aggregates.ts';

type Items = Record<string, unknown>[];
type Ends = { readonly from: number; readonly to: number };

/**
 * Reads an aggregate's items out of the archive, in order, from the runs with these manifests. Throws
 * ARCHIVE_UNAVAILABLE and ARCHIVE_DAMAGED.
 */
export type ReadArchive = (
  manifests: readonly string[],
  aggregateId: string,
  range: Ends,
) => Promise<Items>;

/** What was taken out of the events table. */
export type ArchivedEvents = {
  /**
   * The items of an aggregate's events in the archive, in order, as far as it answers for them: empty
   * where nothing of the aggregate was removed from the events table. Throws what `ReadArchive` throws.
   */
  readonly read: (aggregateId: string, range: Ends) => Promise<Items>;
};

/** Without a reader, an event that is in the archive alone is ARCHIVE_UNAVAILABLE. */
export function createArchivedEvents(
  dynamo: Dynamo,
  readArchive: ReadArchive | undefined,
): ArchivedEvents {
  return {
    read: async (aggregateId, { from, to }) => {
      const archived = await getArchivedAggregate(dynamo, aggregateId);
      if (archived === undefined || from > archived.upTo) {
        return [];
      }
      if (readArchive === undefined) {
        const sentence =
          `The events 1 to ${archived.upTo} of ${aggregateId} are in the archive, and this process ` +
          'has none: set ARCHIVE_URL.';
        throw new PlayheadError('ARCHIVE_UNAVAILABLE', sentence);
      }
      const range = { from, to: Math.min(to, archived.upTo) };
      return readArchive(archived.manifests, aggregateId, range);
    },
  };
}
