import { type StoredEvent, storedEventSchema } from '#server/runtime/event-store/stored-event.ts';

/**
 * An event as the journal can hold it: PostgreSQL has no NUL in texts and JSON, which DynamoDB has,
 * so that it shows as U+FFFD there, and the event store keeps the original.
 */
export function toNulFree(event: StoredEvent): StoredEvent {
  return storedEventSchema.parse(JSON.parse(toNulFreeJson(event)));
}

/** The same of anything, as JSON. */
export function toNulFreeJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u0000') ? json.replaceAll(ESCAPED_NUL, '$1\\ufffd') : json;
}

/** Behind an even number of backslashes: behind an odd one it is a text about a NUL. */
const ESCAPED_NUL = /((?<!\\)(?:\\\\)*)\\u0000/g;
