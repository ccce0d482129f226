import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import type { HotItem, HotView } from '#server/projections/hot-view.ts';
import { readHotItem, type StoredItem } from '#server/projections/stored-hot-item.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/** Reads an account's item as it is stored, so that one that nobody can read is found too. */
export async function readStoredItem<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountId: string,
): Promise<StoredItem | undefined> {
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

/**
 * Checks a hot view's stored item; `compare` reports where two items differ. One of another version, or
 * at a conflict, is a difference that says so: nobody knows what it holds.
 */
export function checkHotView<Item extends HotItem>(
  view: HotView<Item>,
  stored: StoredItem | undefined,
  compare: (expected: Item, actual: Item, report: ReportDifference) => void,
  required: number,
  report: ReportDifference,
): ViewCheck {
  const read = stored && readHotItem(view, stored);
  if (read !== undefined && read.kind !== 'current') {
    const expected = `version ${view.version}`;
    report({ field: 'item', expected, actual: read.error.message });
    return { observe: () => {}, finish: () => {} };
  }
  const actual = read?.item;
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
