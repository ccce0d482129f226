import type { Writable } from 'node:stream';
import { showUnseen, showUnseenLines } from '#lib/unseen-text.ts';

/** Where a command writes: results to `out`, failures and progress to `err`. */
export type Streams = { readonly out: Writable; readonly err: Writable };

/**
 * Writes a line (or several), and resolves when it is on its way: a slow reader holds the writer up.
 * What a terminal would obey and nobody would see is written as JSON writes it. To a reader
 * that has gone, as `head` does, nothing is written, and that is no failure.
 */
export async function writeLine(stream: Writable, line: string): Promise<void> {
  if (!stream.destroyed) {
    await new Promise<void>((resolve) => {
      stream.write(`${showUnseenLines(line)}\n`, () => resolve());
    });
  }
}

/** One JSON value on a line; minor units (bigint) as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'bigint' ? field.toString() : field,
  );
}

/** A table for people: columns as wide as their widest cell, figures to the right. */
export function toTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map(showUnseen));
  const widths = columns.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  const isFigure = (text: string) => /^-?[\d,.]+$/.test(text);
  return cells
    .map((row) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return isFigure(text) ? text.padStart(width) : text.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
