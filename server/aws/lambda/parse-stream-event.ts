import type { AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import { z } from 'zod';
import { type StreamRecord, toStreamRecord } from '#server/runtime/stream/stream-record.ts';

/** A record of the event: its place in the shard, and what it says, or why that cannot be read. */
export type LambdaRecord = {
  readonly sequenceNumber: string;
  readonly content: StreamRecord | Error;
};

const bytes = z.string().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')));

/** DynamoDB's JSON as Lambda sends it: bytes are Base64. A type that nobody knows is kept as it is. */
const attributeValue: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.literal(true) }),
    z.strictObject({ M: z.record(z.string(), attributeValue) }),
    z.strictObject({ L: z.array(attributeValue) }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ B: bytes }),
    z.strictObject({ BS: z.array(bytes) }),
    z
      .record(z.string(), z.unknown())
      .transform((value) => ({ $unknown: Object.entries(value)[0] ?? ['', undefined] })),
  ]),
);

const eventSchema = z.object({
  Records: z.array(
    z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string().min(1) }) }),
  ),
});

const recordSchema = z.object({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({
    SequenceNumber: z.string(),
    /** In seconds since 1970. */
    ApproximateCreationDateTime: z
      .number()
      .transform((seconds) => new Date(seconds * 1_000))
      .optional(),
    NewImage: z.record(z.string(), attributeValue).optional(),
  }),
});

/**
 * Reads the event with which Lambda delivers records of a DynamoDB stream. A record that cannot be read
 * is told apart by its sequence number. Throws a ZodError for what is no such event at all.
 */
export function parseStreamEvent(event: unknown): LambdaRecord[] {
  return eventSchema.parse(event).Records.map((record) => {
    const { SequenceNumber: sequenceNumber } = record.dynamodb;
    try {
      return { sequenceNumber, content: toStreamRecord(recordSchema.parse(record)) };
    } catch (error) {
      return { sequenceNumber, content: error instanceof Error ? error : new Error(String(error)) };
    }
  });
}
