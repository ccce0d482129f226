import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { createPreviewHandler } from '#server/runtime/commands/create-preview-handler.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { bookFile, type CheckedFile } from './book-file.ts';
import { type ImportTerms, parseTerms } from './import-row.ts';
import type { ImportSummary } from './import-tally.ts';
import { parseEncoding } from './statement-encoding.ts';

export type ImportDeps = {
  readonly handler: CommandHandler;
  readonly store: EventStore;
  readonly now: () => Date;
  /** Once aborted, no further row is begun. */
  readonly signal: AbortSignal;
  /** Hears how far into the file it is, and how many rows are dealt with: while it is checked, then while it is booked. */
  readonly onProgress: (step: 'check' | 'book', bytes: number, rows: number) => void;
};

export type ImportOptions = ImportTerms & {
  readonly path: string;
  /** An encoding's label, as WHATWG knows them. */
  readonly encoding: string;
  readonly onError: 'continue' | 'stop';
  /** Only says what would come of it. */
  readonly dryRun: boolean;
};

/**
 * Books a bank statement (the columns of STATEMENT_COLUMNS) through the command path: in order within
 * an account, side by side between accounts. The file is read twice. First all of it is checked and
 * decided without anything being written; then it is booked. With `dryRun` the first is all, and with
 * `stop` too when it found a row that would be rejected.
 *
 * An account that is not there is opened at its first well-formed row. Rows that an earlier import
 * booked are duplicates, whoever opened the account and however long ago. Throws INVALID_INPUT for a file that
 * is no statement, before anything is written, and what an engine throws; what was booked by then is
 * known again by the next import.
 */
export async function importStatements(
  deps: ImportDeps,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { store, now, signal, onProgress, handler } = deps;
  const { path, onError, dryRun } = options;
  const terms = parseTerms(options);
  const encoding = parseEncoding(options.encoding);
  const file: CheckedFile = { checksums: [], accounts: new Map() };
  const shared = { signal, file, path, encoding, terms };
  const once = loadingOnce(store);

  const startedAt = performance.now();
  const seconds = () => Math.round(performance.now() - startedAt) / 1_000;
  const checked = await bookFile({
    ...shared,
    step: 'check',
    store: once,
    handler: createPreviewHandler({ store: once, now }),
    onError: 'continue',
    onProgress: (bytes, rows) => onProgress('check', bytes, rows),
  });
  if (dryRun || signal.aborted) {
    return { ...checked, dryRun: true, seconds: seconds() };
  }
  if (onError === 'stop' && checked.rejected > 0) {
    const { rows, accounts, rejected, rejections } = checked;
    const nothing = { opened: 0, accepted: 0, duplicates: 0, stopped: true, dryRun };
    return { rows, accounts, rejected, rejections, ...nothing, seconds: seconds() };
  }
  const booked = await bookFile({
    ...shared,
    step: 'book',
    store,
    handler,
    onError,
    onProgress: (bytes, rows) => onProgress('book', bytes, rows),
  });
  return { ...booked, dryRun, seconds: seconds() };
}

/** The check asks for each account's newest state twice; this reads it once. */
function loadingOnce(store: EventStore): EventStore {
  const loads = new Map<string, ReturnType<EventStore['load']>>();
  return {
    ...store,
    load: (aggregateId) => {
      const load = loads.get(aggregateId) ?? store.load(aggregateId);
      loads.set(aggregateId, load);
      return load;
    },
  };
}
