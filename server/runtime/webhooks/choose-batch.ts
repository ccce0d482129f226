import type { JournalRow, SignedWebhook } from './attempt-delivery.ts';
import { MOST_BYTES } from './outbound.ts';
import { toBusEntry, toBusEntrySize } from './to-bus-entry.ts';

/** What EventBridge takes in one request. */
export const MOST_ENTRIES = 10;

/**
 * Of the next events, in the journal's order, those that are sent together. No two are of one aggregate, so that none
 * overtakes the one before it; what was taken already is left out; and what has failed is sent alone. Pure.
 */
export function chooseBatch(
  next: readonly JournalRow[],
  { ahead, attempts }: Pick<SignedWebhook, 'ahead' | 'attempts'>,
): JournalRow[] {
  const batch: JournalRow[] = [];
  const aggregates = new Set<string>();
  let bytes = 0;
  for (const event of next.filter(({ position }) => !ahead.includes(position))) {
    const isFull =
      batch.length === (attempts > 0 ? 1 : MOST_ENTRIES) || aggregates.has(event.aggregateId);
    bytes += toBusEntrySize(toBusEntry('', event));
    if (isFull || (batch.length > 0 && bytes > MOST_BYTES)) {
      break;
    }
    batch.push(event);
    aggregates.add(event.aggregateId);
  }
  return batch;
}
