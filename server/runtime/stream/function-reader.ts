import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';

const readerSchema = z.object({ at: z.string() });

/** Beside the leases: no consumer has this name. */
const keyOf = (consumer: string) => ({ consumer: 'functions', shardId: consumer });

/** Notes that functions on AWS read the stream for a consumer, without leases. */
export async function noteFunctionReader(
  { documents, tables }: Dynamo,
  consumer: string,
  now: Date,
): Promise<void> {
  const Item = { ...keyOf(consumer), at: now.toISOString() };
  await documents.send(new PutCommand({ TableName: tables.leases, Item }));
}

/** When that was last noted, ISO 8601; null when it never was. */
export async function getFunctionReader(
  { documents, tables }: Dynamo,
  consumer: string,
): Promise<string | null> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.leases, Key: keyOf(consumer), ConsistentRead: true }),
  );
  return Item === undefined ? null : readerSchema.parse(Item).at;
}
