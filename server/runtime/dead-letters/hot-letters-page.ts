import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { getHotDeadLetters, type HotDeadLetter, toHotDeadLetter } from './hot-dead-letters.ts';
import { isMeant, toDead, toSkipped } from './list-hot.ts';

/** Some of a hot view's letters in the order of their keys. */
export type HotLettersPage = {
  readonly letters: readonly DeadLetter[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
};

type PageOptions = {
  readonly skipped: boolean;
  /** The key behind which to begin. */
  readonly after?: string | undefined;
  /** Once so many are found, no further aggregate is looked at. */
  readonly enough: number;
  /** Aggregates that are looked at, at most. */
  readonly mostRead: number;
};

/** Items of one answer, at most. */
const PORTION = 250;

const keySchema = z.object({ aggregateId: z.string() });

/** Reads a hot view's letters that a filter means, from a key on, up to a bound. */
export async function readHotLetters(
  dynamo: Dynamo,
  view: string,
  filter: DeadLetterFilter,
  { skipped, after, enough, mostRead }: PageOptions,
): Promise<HotLettersPage> {
  const find = (letter: HotDeadLetter) =>
    (skipped ? toSkipped(letter) : toDead(letter)).filter((each) => isMeant(each, filter));
  if (filter.aggregateId !== undefined) {
    const found = await getHotDeadLetters(dynamo, view, [filter.aggregateId]);
    return { letters: [...found.values()].flatMap(find), next: null };
  }
  const { documents, tables } = dynamo;
  const letters: DeadLetter[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'] =
    after === undefined ? undefined : { projection: view, aggregateId: after };
  for (let read = 0; read < mostRead; ) {
    const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await retryDynamo(() =>
      documents.send(
        new QueryCommand({
          TableName: tables.deadLetters,
          KeyConditionExpression: '#projection = :view',
          ExpressionAttributeNames: { '#projection': 'projection' },
          ExpressionAttributeValues: { ':view': view },
          ConsistentRead: true,
          Limit: Math.min(PORTION, mostRead - read),
          ExclusiveStartKey,
        }),
      ),
    );
    for (const [index, item] of Items.entries()) {
      letters.push(...find(toHotDeadLetter(item)));
      const isLast = LastEvaluatedKey === undefined && index === Items.length - 1;
      if (letters.length >= enough && !isLast) {
        return { letters, next: keySchema.parse(item).aggregateId };
      }
    }
    if (LastEvaluatedKey === undefined) {
      return { letters, next: null };
    }
    read += Items.length;
    ExclusiveStartKey = LastEvaluatedKey;
  }
  return { letters, next: keySchema.parse(ExclusiveStartKey).aggregateId };
}
