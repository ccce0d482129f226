import { forEachConcurrently } from '#server/runtime/platform/for-each-concurrently.ts';
import { recordMessages } from '../commands/record-messages.ts';
import {
  fitsBatch,
  MAX_MESSAGE_BYTES,
  type MessageWeight,
  weighMessage,
} from '../domain/message-limits.ts';
import { countEvents, type Importer } from './count-events.ts';
import { type Line, readLines, toBatches } from './read-lines.ts';

/** Transactions that are on their way at once. */
const WIDTH = 4;

/** What came of a file of change events. */
export type ImportTally = {
  /** Lines that are not empty. */
  messages: number;
  /** Events that were written: a change of several records is one of each. */
  recorded: number;
  /** What was known already. */
  duplicates: number;
  /** Messages that are no changes that can be kept; they are kept with their text. */
  refused: number;
  /** Lines too long to be kept at all: the first hundred, by their numbers. */
  tooLong: number[];
  /** Whether it was stopped before the end of the file. */
  stopped: boolean;
  seconds: number;
};

type Weighed = Line & { readonly weight: MessageWeight };

/**
 * Keeps the change events of a JSON-lines file, in transactions of as many as fit. What a record has already
 * changes nothing: a file can be imported again, and an import that was stopped begins anew. Once `signal` is
 * aborted no other transaction is begun. Throws what an engine throws.
 */
export async function importMessages(
  importer: Importer,
  path: string,
  signal: AbortSignal,
): Promise<ImportTally> {
  const startedAt = performance.now();
  const tally: Omit<ImportTally, 'seconds' | 'stopped'> = {
    messages: 0,
    recorded: 0,
    duplicates: 0,
    refused: 0,
    tooLong: [],
  };

  async function* weighed(): AsyncGenerator<Weighed> {
    for await (const { line, text } of readLines(path)) {
      if (signal.aborted) {
        return;
      }
      tally.messages += 1;
      if (Buffer.byteLength(text) <= MAX_MESSAGE_BYTES) {
        yield { line, text, weight: weighMessage(text) };
      } else if (tally.tooLong.length < 100) {
        tally.tooLong.push(line);
      }
    }
  }

  const fits = (batch: readonly Weighed[]) => fitsBatch(batch.map(({ weight }) => weight));
  await forEachConcurrently(toBatches(weighed(), fits), WIDTH, async (batch) => {
    const messages = batch.map(({ text }) => text);
    const written = await countEvents(importer, recordMessages, { messages, source: 'import' });
    tally.recorded += written;
    tally.duplicates += batch.reduce((sum, { weight }) => sum + weight.aggregates, 0) - written;
    tally.refused += batch.filter(({ weight }) => weight.isRefused).length;
  });
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  return { ...tally, stopped: signal.aborted, seconds };
}
