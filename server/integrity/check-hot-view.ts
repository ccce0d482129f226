import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import type { HotItem, HotView } from '#server/projections/hot-view.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/** Reads an account's item as it is stored, so that one that nobody can read is found too. */
export async function readStoredItem<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountId: string,
): Promise<unknown> {
  const answer = await retryDynamo(() =>
    dynamo.documents.send(
      new GetCommand({
        TableName: view.table(dynamo.tables),
        Key: { accountId },
        ConsistentRead: true,
      }),
    ),
  );
  return answer.Item;
}

/** Checks a hot view's stored item; `compare` reports where two items differ. */
export function checkHotView<Item extends HotItem>(
  view: HotView<Item>,
  stored: unknown,
  compare: (expected: Item, actual: Item, report: ReportDifference) => void,
  required: number,
  report: ReportDifference,
): ViewCheck {
  const actual = parse(view, stored);
  if (typeof actual === 'string') {
    report({ field: 'item', expected: 'readable', actual });
    return { observe: () => {}, finish: () => {} };
  }
  let expected: Item | undefined;
  return createViewCheck({
    version: actual?.sequence,
    required,
    holds: () => true,
    fold: (entry) => {
      expected = view.fold(expected, [readEvent(entry)]);
    },
    compare: () => {
      if (expected !== undefined && actual !== undefined) {
        compare(expected, actual, report);
      }
    },
    report,
  });
}

/** The item, or what is wrong with it. */
function parse<Item extends HotItem>(
  view: HotView<Item>,
  stored: unknown,
): Item | string | undefined {
  if (stored === undefined) {
    return undefined;
  }
  try {
    return view.parse(stored);
  } catch (error) {
    if (error instanceof z.ZodError) {
      const issue = error.issues[0];
      return `${issue?.path.join('.')}: ${issue?.message}`;
    }
    return String(error);
  }
}
