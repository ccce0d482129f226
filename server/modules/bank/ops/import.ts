import { stat } from 'node:fs/promises';
import cliProgress from 'cli-progress';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { showUnseen } from '#lib/unseen-text.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { importStatements } from './import/import-statements.ts';
import type { ImportSummary } from './import/import-tally.ts';
import { STATEMENT_COLUMNS } from './import/statement-columns.ts';
import { DEFAULT_ENCODING } from './import/statement-encoding.ts';

/** `import`: books a bank statement through the command path. */
export const importCommand = defineOpsCommand({
  usage: 'import <csv>',
  mayBegin: true,
  summary: 'book a bank statement, row by row, through the command path',
  options: [
    { flags: '--currency <code>', description: 'the currency of all amounts', required: true },
    {
      flags: '--overdraft <amount>',
      description: 'the overdraft limit of accounts that it opens',
      fallback: '0',
    },
    {
      flags: '--encoding <name>',
      description: "the file's encoding, like windows-1252 (Latin-1) or utf-16",
      fallback: DEFAULT_ENCODING,
    },
    { flags: '--dry-run', description: 'say what would come of it, and write nothing' },
    {
      flags: '--on-error <what>',
      description: 'with a malformed or refused row: continue without it, or stop',
      fallback: 'continue',
    },
  ],
  details: `The columns, in any order: ${STATEMENT_COLUMNS.join(',')}.
The whole file is checked before anything is written. An account that is not there is opened at its
first well-formed row, on that day, under its account_id. An account's rows run from old to new. A row
is known by account_id and trans_id: a second import of it changes nothing.

With --json, one object: rows (= accepted + duplicates + rejected), accounts (that these rows belong
to) and opened (those that are new), accepted (rows booked now), duplicates (rows booked before),
rejected (rows that are malformed or were refused), rejections (the first 100: line, code, message),
stopped, dryRun, seconds. Exit code 1 when a row was rejected.`,
  input: z.object({
    csv: z.string(),
    currency: z.string(),
    overdraft: z.string(),
    encoding: z.string(),
    dryRun: z.boolean().default(false),
    onError: z.enum(['continue', 'stop'], '--on-error is continue or stop.'),
  }),
  run: async ({ handler, store, now }, { csv, overdraft, ...options }, io) => {
    const bar = createBar(io, await sizeOf(csv));
    try {
      const summary = await importStatements(
        {
          handler,
          store,
          now,
          signal: io.signal,
          onProgress: (step, bytes, rows) => bar?.update(bytes, { rows, step: STEPS[step] }),
        },
        { path: csv, overdraftLimit: overdraft, ...options },
      );
      bar?.stop();
      await io.print(io.json ? toJson(summary) : toText(summary));
      return summary.rejected > 0 ? EXIT_FAILED : 0;
    } finally {
      bar?.stop();
    }
  },
});

const STEPS = { check: 'checking', book: 'booking' } as const;

async function sizeOf(path: string): Promise<number> {
  const file = await stat(path).catch((cause) => {
    throw new PlayheadError('INVALID_INPUT', `The file ${path} cannot be read.`, { cause });
  });
  if (!file.isFile()) {
    throw new PlayheadError('INVALID_INPUT', `${path} is not a file.`);
  }
  return file.size;
}

/** Shown to people at a terminal only. */
function createBar({ progress }: OpsIo, bytes: number): cliProgress.SingleBar | undefined {
  if (!('isTTY' in progress) || progress.isTTY !== true) {
    return undefined;
  }
  const bar = new cliProgress.SingleBar({
    format: '{step} {bar} {percentage}% · {rows} rows · {duration_formatted}',
    stream: progress,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  bar.start(bytes, 0, { rows: 0, step: STEPS.check });
  return bar;
}

const STOPPED = 'Stopped before the end of the file.';

function toText(summary: ImportSummary): string {
  const { rows, accounts, opened, accepted, duplicates, rejected, rejections } = summary;
  const unlisted = rejected - rejections.length;
  return [
    `${rows} rows of ${accounts} accounts (${opened} opened) in ${summary.seconds} s: ` +
      `${accepted} accepted, ${duplicates} duplicates, ${rejected} rejected.`,
    ...(summary.dryRun ? ['Nothing was written: this is what would come of it.'] : []),
    ...(summary.stopped ? [STOPPED] : []),
    ...rejections.map(({ line, code, message }) => showUnseen(`line ${line}: ${code}: ${message}`)),
    ...(unlisted > 0 ? [`… and ${unlisted} more.`] : []),
  ].join('\n');
}
