import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { toExactNumber } from '#server/runtime/platform/exact-number.ts';

/** A stream record as a plain item. What the item means is for the receiver to parse. */
export type StreamRecord = {
  readonly sequenceNumber: string;
  /** AWS gives it in whole seconds. */
  readonly createdAt: Date | undefined;
  readonly isRemoval: boolean;
  /** The item as it was written; undefined when it was deleted, or the stream carries no images. */
  readonly image: unknown;
};

/** Throws when the record has no sequence number, which AWS never leaves out. */
export function toStreamRecord({ eventName, dynamodb }: _Record): StreamRecord {
  if (dynamodb?.SequenceNumber === undefined) {
    throw new Error('A stream record came without a sequence number.');
  }
  return {
    sequenceNumber: dynamodb.SequenceNumber,
    createdAt: dynamodb.ApproximateCreationDateTime,
    isRemoval: eventName === 'REMOVE',
    image: dynamodb.NewImage === undefined ? undefined : toItem(dynamodb.NewImage),
  };
}

/** Attribute by attribute: one of a type that the SDK does not know is its text, and keeps nobody waiting. */
function toItem(image: Record<string, AttributeValue>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => {
      try {
        return [name, unmarshall({ value }, { wrapNumbers: toExactNumber }).value];
      } catch {
        return [name, JSON.stringify(value)];
      }
    }),
  );
}
