import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type HotItem, type HotView, hotTableOf } from '#server/runtime/hot-views/hot-view.ts';
import { readHotItem, type StoredItem } from '#server/runtime/hot-views/stored-hot-item.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { compareRow } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/** Reads an aggregate's item as it is stored, so that one that nobody can read is found too. */
export async function readStoredItem(
  dynamo: Dynamo,
  view: Pick<HotView, 'name' | 'key'>,
  id: string,
): Promise<StoredItem | undefined> {
  const answer = await retryDynamo(() =>
    dynamo.documents.send(
      new GetCommand({
        TableName: hotTableOf(dynamo.tables, view),
        Key: { [view.key]: id },
        ConsistentRead: true,
      }),
    ),
  );
  return answer.Item;
}

/**
 * Checks a hot view's stored item of the aggregate with this own id. One of another version, or at a
 * conflict, is a difference that says so: nobody knows what it holds.
 */
export function checkHotView(
  view: HotView,
  id: string,
  stored: StoredItem | undefined,
  required: number,
  report: ReportDifference,
): ViewCheck {
  const read = stored && readHotItem(view, id, stored);
  if (read !== undefined && read.kind !== 'current') {
    const expected = `version ${view.version}`;
    report({ field: 'item', expected, actual: read.error.message });
    return { observe: () => {}, finish: () => {} };
  }
  const actual = read?.item;
  let expected: HotItem | undefined;
  return createViewCheck({
    version: actual?.sequence,
    required,
    holds: () => true,
    fold: (entry) => {
      expected = view.fold(expected, [readEvent(entry)]);
    },
    compare: (report) => {
      if (expected !== undefined && actual !== undefined) {
        compareRow({ ...expected }, { ...actual }, report);
      }
    },
    report,
  });
}
