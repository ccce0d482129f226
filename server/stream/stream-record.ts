import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';

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
    image: dynamodb.NewImage === undefined ? undefined : unmarshall(dynamodb.NewImage),
  };
}
