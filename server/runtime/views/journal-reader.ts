import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import { readJournal } from '#server/runtime/journal/read-journal.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { type JournalEntry, toJournalEntry } from './journal-entry.ts';

/** Events in a batch, at most: a busy aggregate's changes collapse into one, and memory stays bounded. */
export const BATCH_SIZE = 5_000;

/** So many batches are kept: whoever is a little behind the first finds what that one has read. */
const KEPT = 2;

/** A row that is repaired is read anew after so long at the latest. */
const KEPT_MS = 1_000;

export type JournalReader = {
  /**
   * The events behind position `after`, in their order, at most `limit`: fewer also in the middle of
   * the journal, none only at its end. Throws SEQUENCE_GAP when the journal has a hole, and
   * PostgreSQL's errors.
   */
  readonly read: (range: {
    readonly after: number;
    readonly limit: number;
  }) => Promise<JournalEntries>;
};

export type JournalEntries = {
  readonly entries: readonly JournalEntry[];
  /** There were no more events. */
  readonly isAtEnd: boolean;
};

type Batch = {
  readonly after: number;
  readonly begunAt: number;
  /** What is committed from now on may be missing. */
  isSent: boolean;
  readonly entries: Promise<readonly JournalEntry[]>;
};

/**
 * Reads the journal for several projections that go through it side by side: what one has read and
 * decoded serves those that come to the same place within a second.
 */
export function createJournalReader(db: Db, codec: Pick<EventCodec, 'decode'>): JournalReader {
  let batches: readonly Batch[] = [];

  function find(after: number): Batch | undefined {
    const oldest = performance.now() - KEPT_MS;
    return batches.find(
      (batch) => batch.after <= after && after < batch.after + BATCH_SIZE && batch.begunAt > oldest,
    );
  }

  function begin(after: number): Batch {
    const batch: Batch = {
      after,
      begunAt: performance.now(),
      isSent: false,
      // Those that were woken together ask together.
      entries: Promise.resolve().then(() => {
        batch.isSent = true;
        return readEntries(db, codec, { after, limit: BATCH_SIZE });
      }),
    };
    const forget = () => {
      batches = batches.filter((each) => each !== batch);
    };
    batches = [...batches.slice(1 - KEPT), batch];
    // What ends short of its size ends where the journal grows.
    batch.entries.then((entries) => entries.length < BATCH_SIZE && forget(), forget);
    return batch;
  }

  return {
    read: async ({ after, limit }) => {
      for (let batch = find(after); ; batch = find(after)) {
        if (batch === undefined && limit < BATCH_SIZE) {
          const entries = await readEntries(db, codec, { after, limit });
          return { entries, isAtEnd: entries.length < limit };
        }
        batch ??= begin(after);
        const mayLackSome = batch.isSent;
        const found = await batch.entries;
        const isFull = found.length === BATCH_SIZE;
        if (isFull || !mayLackSome) {
          const entries = found.slice(after - batch.after).slice(0, limit);
          return { entries, isAtEnd: !isFull && entries.length < limit };
        }
      }
    },
  };
}

/**
 * The events behind position `after`, at most `limit`, in their order. Throws SEQUENCE_GAP when the
 * journal has a hole, and PostgreSQL's errors.
 */
export async function readEntries(
  db: Db,
  codec: Pick<EventCodec, 'decode'>,
  range: { readonly after: number; readonly limit: number },
): Promise<readonly JournalEntry[]> {
  const events = await readJournal(db, range);
  const last = events.at(-1)?.position ?? range.after;
  if (last !== range.after + events.length) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `The journal has ${events.length} events at the positions ${range.after + 1} to ${last}: ` +
        'some are missing.',
    );
  }
  return events.map((event) => toJournalEntry(codec, event));
}
