import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type HotView, hotTableOf } from './hot-view.ts';

/** The aggregates that a hot view has an item of, by aggregate id, in pages. */
export async function* scanHotIds(
  dynamo: Dynamo,
  view: Pick<HotView, 'name' | 'key' | 'aggregate'>,
): AsyncGenerator<string[]> {
  let start: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await retryDynamo(() =>
      dynamo.documents.send(
        new ScanCommand({
          TableName: hotTableOf(dynamo.tables, view),
          ProjectionExpression: '#key',
          ExpressionAttributeNames: { '#key': view.key },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    );
    yield (page.Items ?? []).map((item) => toAggregateId(view.aggregate.type, `${item[view.key]}`));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
