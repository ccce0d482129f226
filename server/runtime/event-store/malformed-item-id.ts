import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type ExactNumber, toExactNumber } from '#server/runtime/platform/exact-number.ts';

const PREFIX = 'foreign#';

/** Stands where a compressed key follows: no escaped one begins so. */
const COMPRESSED = '%z';

/** A key of PostgreSQL's indexes ends at 2,704 bytes. */
const MAX_BYTES = 2_600;

/** The key of an item in the events table, whatever it is. */
export type ItemKey = {
  readonly aggregateId: string;
  readonly eventSequence: ExactNumber;
};

/**
 * The aggregate id under which an item is kept whose key is no event's: an aggregate of its own, of
 * which the item is the event 1, so that nothing else waits behind it. NUL, which PostgreSQL's texts
 * cannot hold, is escaped; a key that is too long then is compressed.
 */
export function toMalformedItemId({ aggregateId, eventSequence }: ItemKey): string {
  const escaped = aggregateId.replaceAll('%', '%25').replaceAll('\0', '%00');
  const id = `${PREFIX}${escaped}/${eventSequence}`;
  if (Buffer.byteLength(id) <= MAX_BYTES) {
    return id;
  }
  const compressed = deflateRawSync(aggregateId).toString('base64url');
  return `${PREFIX}${COMPRESSED}${compressed}/${eventSequence}`;
}

/** Whether an aggregate id stands for such an item. */
export function isMalformedItemId(aggregateId: string): boolean {
  return aggregateId.startsWith(PREFIX);
}

/** The item's key; undefined for the id of an aggregate. */
export function parseMalformedItemId(aggregateId: string): ItemKey | undefined {
  if (!isMalformedItemId(aggregateId)) {
    return undefined;
  }
  const end = aggregateId.lastIndexOf('/');
  return {
    aggregateId: toKey(aggregateId.slice(PREFIX.length, end)),
    eventSequence: toExactNumber(aggregateId.slice(end + 1)),
  };
}

function toKey(text: string): string {
  return text.startsWith(COMPRESSED)
    ? inflateRawSync(Buffer.from(text.slice(COMPRESSED.length), 'base64url')).toString()
    : text.replaceAll('%00', '\0').replaceAll('%25', '%');
}
