import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

/** Beside the leases: no consumer has this name. */
const KEY = { consumer: 'journal-mark', shardId: 'journal' };

const itemSchema = z.object({ mark: z.number().int() });

/** How far a complete journal has counted; 0 before there was one. Consistently read. */
export async function readEpoch(dynamo: Dynamo): Promise<number> {
  const { Item } = await retryDynamo(() =>
    dynamo.documents.send(
      new GetCommand({ TableName: dynamo.tables.leases, Key: KEY, ConsistentRead: true }),
    ),
  );
  return Item === undefined ? 0 : itemSchema.parse(Item).mark;
}

/** Notes how far the journal has counted, unless it is further by now. */
export async function writeEpoch(dynamo: Dynamo, epoch: number): Promise<void> {
  await retryDynamo(() =>
    isConditionMet(
      dynamo.documents.send(
        new PutCommand({
          TableName: dynamo.tables.leases,
          Item: { ...KEY, mark: epoch },
          ConditionExpression: 'attribute_not_exists(mark) OR mark < :mark',
          ExpressionAttributeValues: { ':mark': epoch },
        }),
      ),
    ),
  );
}
