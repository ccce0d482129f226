import type { ErrorCode, PlayheadError } from '#lib/playhead-error.ts';

/** How many rejections a summary lists; the count goes on. */
const MAX_LISTED = 100;

/** Why a row was not booked: malformed, or refused by a rule of the bank. */
export type RowRejection = {
  readonly line: number;
  readonly code: ErrorCode;
  readonly message: string;
};

/** What a reading of the file came to: rows = accepted + duplicates + rejected. */
export type TallySummary = {
  /** Rows dealt with; all of the file's unless `stopped`. */
  readonly rows: number;
  /** Accounts that these rows belong to, as far as they exist in the bank now. */
  readonly accounts: number;
  /** Those of them that this import opened. */
  readonly opened: number;
  /** Rows whose movement was booked by this import; openings are not counted here. */
  readonly accepted: number;
  /** Rows whose movement an earlier import had booked, or an earlier row of the same file. */
  readonly duplicates: number;
  readonly rejected: number;
  /** The first hundred, by line. */
  readonly rejections: readonly RowRejection[];
  /** It ended before the end of the file: by `--on-error stop`, or by Ctrl-C. */
  readonly stopped: boolean;
};

/** What an import came to. */
export type ImportSummary = TallySummary & {
  /** Nothing was written: what is said would come of it. */
  readonly dryRun: boolean;
  readonly seconds: number;
};

/** Counts what becomes of the rows. */
export function createTally() {
  const counts = { rows: 0, accounts: 0, opened: 0, accepted: 0, duplicates: 0, rejected: 0 };
  const rejections: RowRejection[] = [];
  return {
    counts,
    account: (isNew: boolean) => {
      counts.accounts += 1;
      counts.opened += isNew ? 1 : 0;
    },
    row: (isNew: boolean) => {
      counts.rows += 1;
      counts[isNew ? 'accepted' : 'duplicates'] += 1;
    },
    reject: (line: number, { code, message }: Pick<PlayheadError, 'code' | 'message'>) => {
      counts.rows += 1;
      counts.rejected += 1;
      if (rejections.length < MAX_LISTED) {
        rejections.push({ line, code, message });
      }
    },
    summary: (stopped: boolean): TallySummary => ({
      ...counts,
      rejections: rejections.toSorted((a, b) => a.line - b.line),
      stopped,
    }),
  };
}
