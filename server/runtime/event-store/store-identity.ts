import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

/** Beside the leases: no consumer has this name. */
const KEY = { consumer: 'event-store', shardId: 'identity' };

const itemSchema = z.object({ identity: z.string() });

/** What the event store is known by; undefined before its first use. Consistently read. */
export async function readStoreIdentity({
  documents,
  tables,
}: Dynamo): Promise<string | undefined> {
  const { Item } = await retryDynamo(() =>
    documents.send(new GetCommand({ TableName: tables.leases, Key: KEY, ConsistentRead: true })),
  );
  return Item === undefined ? undefined : itemSchema.parse(Item).identity;
}

/** Gives the event store an identity, a new one unless it had `identity`; answers what it has then. */
export async function giveStoreIdentity(
  dynamo: Dynamo,
  identity: string = randomUUID(),
): Promise<string> {
  await retryDynamo(() =>
    isConditionMet(
      dynamo.documents.send(
        new PutCommand({
          TableName: dynamo.tables.leases,
          Item: { ...KEY, identity },
          ConditionExpression: 'attribute_not_exists(consumer)',
        }),
      ),
    ),
  );
  return (await readStoreIdentity(dynamo)) ?? identity;
}
