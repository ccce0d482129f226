import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { JournalEvent } from './journal-event.ts';
import { toNulFree } from './nul-free.ts';

/** A field of an event that the journal holds otherwise than the event store; values as texts. */
export type AlteredField = {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
};

/** Where a row of the journal is not the event that it stands for. Pure. */
export function compareJournalRow(event: StoredEvent, row: JournalEvent): AlteredField[] {
  const actual = new Map<string, unknown>(Object.entries(row));
  return Object.entries(toNulFree(event))
    .filter(([field, value]) => !isDeepStrictEqual(value, actual.get(field)))
    .map(([field, value]) => ({
      field,
      expected: toText(value),
      actual: toText(actual.get(field)),
    }));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
