import { readMessage } from './read-message.ts';

/** What one message may have, in bytes of UTF-8: DynamoDB's items end at 400 KB. */
export const MAX_MESSAGE_BYTES = 300_000;

/** What one batch may have: DynamoDB's transactions end at 100 items and 4 MB. */
export const MAX_BATCH_AGGREGATES = 90;
const MAX_BATCH_BYTES = 3_000_000;

/** What a message adds to a batch: it is stored once for each aggregate that it is about. */
export type MessageWeight = {
  readonly aggregates: number;
  readonly bytes: number;
  /** Whether it is no change that can be kept. */
  readonly isRefused: boolean;
};

/** Weighs a message. Pure. */
export function weighMessage(message: string): MessageWeight {
  const read = readMessage(message);
  const aggregates = read.kind === 'change' ? read.aggregateIds.length : 1;
  return {
    aggregates,
    bytes: aggregates * Buffer.byteLength(message),
    isRefused: read.kind === 'malformed',
  };
}

/** Whether messages of these weights fit into one transaction together. Pure. */
export function fitsBatch(weights: readonly MessageWeight[]): boolean {
  const sum = (of: 'aggregates' | 'bytes') => weights.reduce((total, each) => total + each[of], 0);
  return sum('aggregates') <= MAX_BATCH_AGGREGATES && sum('bytes') <= MAX_BATCH_BYTES;
}
