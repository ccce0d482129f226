import type { EntityName } from '#lib/modules/crm/entities.ts';
import { recordReadings } from '../../commands/record-readings.ts';
import { checkReading } from '../../domain/decide-readings.ts';
import { MAX_BATCH_AGGREGATES } from '../../domain/message-limits.ts';
import { countEvents, type Importer } from '../count-events.ts';
import { toBatches } from '../read-lines.ts';

/** What a transaction may hold of records, in bytes: DynamoDB's end at 4 MB. */
const MAX_BATCH_BYTES = 3_000_000;

/** What came of a backfill. */
export type BackfillTally = {
  /** Records that were read. */
  read: number;
  /** Of these, written now. */
  recorded: number;
  /** Of these, known as of the same time or a later one. */
  known: number;
  /** Records that cannot be kept. */
  refused: number;
  /** The first hundred of these: which record by number, and why. */
  refusals: { readonly record: number; readonly reason: string }[];
  /** The id of the last record that is done: where another backfill goes on. */
  last: string | null;
  stopped: boolean;
};

export type BackfillOptions = {
  readonly entityName: EntityName;
  readonly signal: AbortSignal;
  readonly onProgress: (read: number) => void;
};

type Accepted = { readonly text: string; readonly id: string };

/**
 * Keeps records as they were read, batch by batch, in their order. What is newer stays, whenever it came: a change
 * that arrives meanwhile, and an earlier reading as of a later time. Once the signal is aborted no other batch
 * begins. Throws what the source and an engine throw; what was kept by then is known to the next backfill.
 */
export async function backfill(
  importer: Importer,
  source: AsyncIterable<string>,
  { entityName, signal, onProgress }: BackfillOptions,
  tally: BackfillTally,
): Promise<void> {
  async function* accepted(): AsyncGenerator<Accepted> {
    for await (const text of source) {
      if (signal.aborted) {
        return;
      }
      tally.read += 1;
      const checked = checkReading(entityName, text);
      if ('reason' in checked) {
        tally.refused += 1;
        if (tally.refusals.length < 100) {
          tally.refusals.push({ record: tally.read, reason: checked.reason });
        }
      } else {
        yield { text, id: checked.aggregateId };
      }
    }
  }

  const fits = (batch: readonly Accepted[]) =>
    batch.length <= MAX_BATCH_AGGREGATES &&
    batch.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) <= MAX_BATCH_BYTES;
  for await (const batch of toBatches(accepted(), fits)) {
    const records = batch.map(({ text }) => text);
    const written = await countEvents(importer, recordReadings, { entityName, records });
    tally.recorded += written;
    tally.known += records.length - written;
    tally.last = batch.at(-1)?.id.replace(/^.*#/, '') ?? tally.last;
    onProgress(tally.read);
  }
  tally.stopped = signal.aborted;
}

/** Nothing yet. */
export function emptyTally(): BackfillTally {
  return { read: 0, recorded: 0, known: 0, refused: 0, refusals: [], last: null, stopped: false };
}
