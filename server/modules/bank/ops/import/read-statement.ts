import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import { createFieldReader, type FieldReader, type StatementFields } from './statement-columns.ts';
import { decodeStatement } from './statement-encoding.ts';

/** The longest row that is read, in bytes of UTF-8: what a row can need many times over. */
export const MAX_ROW_SIZE = 1_000_000;

/** A row of the file, or what is wrong with its shape. */
export type FileRow = {
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** How many bytes of the file have been read, at least up to this row. */
  readonly bytes: number;
  readonly fields: StatementFields | PlayheadError;
};

const recordSchema = z.object({
  record: z.array(z.string()),
  info: z.object({ lines: z.number() }),
});

/**
 * Reads a statement row by row, in bounded memory: one CSV parser for the whole file, so that a text in
 * quotes may span lines; lines end with LF, CRLF or CR, also mixed. Rows without any content are
 * passed over. Throws INVALID_INPUT, with the line and the likely cause, where the file cannot be
 * read on as what it is: its encoding, its header, its quotes.
 */
export async function* readStatement(path: string, encoding: string): AsyncGenerator<FileRow> {
  let bytes = 0;
  async function* countedChunks(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(path)) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const parser = parse({
    info: true,
    max_record_size: MAX_ROW_SIZE,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  // What goes wrong in it comes out of the loop below.
  pipeline(Readable.from(decodeStatement(countedChunks(), encoding)), parser, () => {});
  let read: FieldReader | undefined;
  // The parser counts a CRLF inside quotes as two lines.
  let surplus = 0;
  let lastLine = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = recordSchema.parse(parsed);
      const inside = record.join('').match(/\r\n|\n|\r/g) ?? [];
      surplus += inside.filter((end) => end === '\r\n').length;
      lastLine = info.lines - surplus;
      const line = lastLine - inside.length;
      if (read === undefined) {
        read = createFieldReader(record);
      } else {
        yield { line, bytes, fields: toFields(read, record) };
      }
    }
  } catch (error) {
    throw toFileError(error, { lastLine, surplus });
  }
  if (read === undefined) {
    throw new PlayheadError('INVALID_INPUT', `${path} is empty.`);
  }
}

function toFields(read: FieldReader, record: readonly string[]): StatementFields | PlayheadError {
  try {
    return read(record);
  } catch (error) {
    if (isPlayheadError(error)) {
      return error;
    }
    throw error;
  }
}

type Place = { readonly lastLine: number; readonly surplus: number };

function toFileError(error: unknown, { lastLine, surplus }: Place): unknown {
  if (!(error instanceof CsvError)) {
    return error;
  }
  const line = Number(error.lines) - surplus;
  const sentence = toProblem(error.code, line, lastLine);
  return new PlayheadError('INVALID_INPUT', sentence, { cause: error });
}

function toProblem(code: CsvError['code'], line: number, lastLine: number): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `A quote (") is opened behind line ${lastLine} and never closed.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `The row behind line ${lastLine} has more than ${MAX_ROW_SIZE} bytes: a quote (") is never closed, or the file is no statement.`;
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `There is a quote (") in the middle of a field at line ${line}: such a field must be in quotes, and the quotes in it doubled.`;
    default:
      return `Line ${line} is not CSV.`;
  }
}
