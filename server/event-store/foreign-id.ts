const PREFIX = 'foreign#';

/** The key of an item in the events table, whatever it is. */
export type ItemKey = {
  readonly aggregateId: string;
  readonly eventSequence: number | bigint;
};

/**
 * The aggregate id under which an item is kept whose key is no event's: an aggregate of its own, of
 * which the item is the event 1, so that nothing else waits behind it. NUL, which PostgreSQL's texts
 * cannot hold, is escaped.
 */
export function toForeignId({ aggregateId, eventSequence }: ItemKey): string {
  const escaped = aggregateId.replaceAll('%', '%25').replaceAll('\0', '%00');
  return `${PREFIX}${escaped}/${eventSequence}`;
}

/** Whether an aggregate id stands for such an item. */
export function isForeignId(aggregateId: string): boolean {
  return aggregateId.startsWith(PREFIX);
}

/** The item's key; undefined for the id of an aggregate. */
export function parseForeignId(aggregateId: string): ItemKey | undefined {
  if (!isForeignId(aggregateId)) {
    return undefined;
  }
  const end = aggregateId.lastIndexOf('/');
  const sequence = Number(aggregateId.slice(end + 1));
  const isExact = !Number.isInteger(sequence) || Number.isSafeInteger(sequence);
  return {
    aggregateId: decodeURIComponent(aggregateId.slice(PREFIX.length, end)),
    eventSequence: isExact ? sequence : BigInt(aggregateId.slice(end + 1)),
  };
}
