import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { listOf } from '#server/platform/list-of.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';

const itemsSchema = listOf(z.object({ accountId: z.string() }));

/** The accounts that a hot view has an item of, in pages. */
export async function* scanHotAccounts(dynamo: Dynamo, table: string): AsyncGenerator<string[]> {
  let start: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await retryDynamo(() =>
      dynamo.documents.send(
        new ScanCommand({
          TableName: table,
          ProjectionExpression: 'accountId',
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    );
    yield itemsSchema.parse(page.Items).map(({ accountId }) => accountId);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
