import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { readLines } from '../read-lines.ts';

const rowSchema = z.record(z.string(), z.string());

/**
 * Reads the records of an export, a JSON object a line, or CSV whose first row has the names of the fields
 * (`.csv`). In CSV an empty cell is null. Throws INVALID_INPUT for a file that is not CSV.
 */
export async function* readExport(path: string): AsyncGenerator<string> {
  if (!path.toLowerCase().endsWith('.csv')) {
    for await (const { text } of readLines(path)) {
      yield text;
    }
    return;
  }
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true });
  // What goes wrong in it comes out of the loop below.
  pipeline(createReadStream(path), parser, () => {});
  try {
    for await (const given of parser) {
      const row = rowSchema.parse(given);
      yield JSON.stringify(
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell || null])),
      );
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw new PlayheadError('INVALID_INPUT', `${path} is not CSV: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
