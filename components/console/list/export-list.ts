import type { z } from 'zod';
import { type ApiParams, fetchApi } from '#components/ui/api-client.ts';

/** Rows of a file at most: what a browser holds and a spreadsheet opens without a word. */
const MOST_ROWS = 20_000;
const PAGE_SIZE = 200;

/** A list that the API answers page by page, and what of its rows goes into a file. */
export type Exported<Row> = {
  readonly title: string;
  readonly path: string;
  readonly schema: z.ZodType<{
    readonly items: readonly Row[];
    readonly nextCursor: string | null;
  }>;
  /** Those without a text are left out. */
  readonly columns: readonly { readonly header: string; readonly toText?: (row: Row) => string }[];
};

/**
 * Every row of a list that the filter means, in its order, as CSV (RFC 4180), up to MOST_ROWS. Throws
 * ApiError.
 */
export async function exportList<Row>(spec: Exported<Row>, params: ApiParams): Promise<string> {
  const columns = spec.columns.flatMap(({ header, toText }) =>
    toText ? [{ header, toText }] : [],
  );
  const lines = [columns.map(({ header }) => quote(header)).join()];
  let cursor: string | null = null;
  do {
    const page: { items: readonly Row[]; nextCursor: string | null } = await fetchApi(
      spec.schema,
      spec.path,
      {
        params: { ...params, cursor, limit: PAGE_SIZE },
      },
    );
    lines.push(...page.items.map((row) => columns.map(({ toText }) => quote(toText(row))).join()));
    cursor = page.nextCursor;
  } while (cursor !== null && lines.length < MOST_ROWS);
  return `${lines.join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
