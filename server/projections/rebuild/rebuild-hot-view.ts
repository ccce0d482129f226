import pLimit from 'p-limit';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isForeignId } from '#server/event-store/foreign-id.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import { categorize } from '#server/platform/failure.ts';
import { recordHotAction } from '../dead-letters/hot-actions.ts';
import type { HotItem, HotView } from '../hot-view.ts';
import { noteHotViewVersion } from '../hot-view-versions.ts';
import type { Operator } from '../record-operator-action.ts';
import { scanHotAccounts } from '../scan-hot-accounts.ts';
import { type HotItemRebuild, rebuildHotItem } from './rebuild-hot-item.ts';

/** What came of a hot view's accounts, and of items of accounts that the event store does not know. */
export type HotViewRebuild = {
  readonly accounts: number;
  readonly unchanged: number;
  readonly written: number;
  readonly removed: number;
  readonly failed: number;
  /** The first hundred accounts with an event that cannot be taken, and why. */
  readonly failures: readonly {
    readonly accountId: string;
    readonly eventSequence: number;
    readonly error: string;
  }[];
};

type Options = {
  /** Says what would come of it, and writes nothing. */
  readonly isDryRun?: boolean;
  /** Called after each account; the number of accounts is known by then. */
  readonly onProgress?: (done: HotViewRebuild) => void;
  /** Once aborted, it throws the signal's reason; begun again it goes over every account again. */
  readonly signal?: AbortSignal;
};

const ACCOUNTS_AT_ONCE = 8;
const MAX_FAILURES = 100;

/**
 * Makes every item of a hot view anew from the event store while the stream goes on, and removes
 * those of accounts that the event store does not know. An account whose event cannot be taken is
 * reported, and the others go on. Once no item is left of another version, the view is of the present
 * one. Memory grows with the number of accounts (their ids). It can be cut
 * off and begun again. Throws what the databases throw.
 */
export async function rebuildHotView<Item extends HotItem>(
  { dynamo, store }: { readonly dynamo: Dynamo; readonly store: EventStore },
  view: HotView<Item>,
  operator: Operator,
  options: Options = {},
): Promise<HotViewRebuild> {
  const record = (effect: Record<string, unknown>) =>
    options.isDryRun
      ? Promise.resolve()
      : recordHotAction(dynamo, operator, 'rebuild', view.name, effect);
  await record({ outcome: 'started' });
  const accountIds = await listAccounts(store, dynamo, view.table(dynamo.tables));
  let isWhole = true;
  const rebuildItem = async (accountId: string) => {
    const result = await rebuildHotItem({ dynamo, store }, view, accountId, options).catch(
      toFailedItem,
    );
    isWhole &&= result.kind !== 'failed' || !result.isOutdated;
    return result;
  };
  const done = await rebuildAll(accountIds, rebuildItem, options);
  if (isWhole && !options.isDryRun) {
    await noteHotViewVersion(dynamo, view);
  }
  const { failures: _, ...effect } = done;
  await record({ outcome: 'done', ...effect });
  return done;
}

async function rebuildAll(
  accountIds: ReadonlySet<string>,
  rebuildItem: (accountId: string) => Promise<HotItemRebuild>,
  { onProgress, signal }: Options,
): Promise<HotViewRebuild> {
  const counts = { unchanged: 0, written: 0, removed: 0, failed: 0 };
  const failures: HotViewRebuild['failures'][number][] = [];
  const toProgress = () => ({ accounts: accountIds.size, ...counts, failures });
  const limit = pLimit(ACCOUNTS_AT_ONCE);
  try {
    await limit.map(accountIds, async (accountId) => {
      signal?.throwIfAborted();
      const result = await rebuildItem(accountId);
      counts[result.kind] += 1;
      if (result.kind === 'failed' && failures.length < MAX_FAILURES) {
        const { eventSequence, error } = result;
        failures.push({ accountId, eventSequence, error: toErrorSentence(error) });
      }
      onProgress?.(toProgress());
    });
  } finally {
    limit.clearQueue();
  }
  return toProgress();
}

/** What is the account's own trouble, or that of its writers, does not end the others' rebuild. */
function toFailedItem(error: unknown): HotItemRebuild {
  if (!isPlayheadError(error, 'CONTENTION') && categorize(error) === 'transient') {
    throw error;
  }
  return { kind: 'failed', eventSequence: 0, error, isOutdated: true };
}

/** The accounts that the event store knows, and those that the view has an item of. */
async function listAccounts(
  store: EventStore,
  dynamo: Dynamo,
  table: string,
): Promise<ReadonlySet<string>> {
  const accountIds = new Set<string>();
  for await (const events of store.scanDelivered()) {
    for (const { aggregateId } of events) {
      if (!isForeignId(aggregateId)) {
        accountIds.add(fromAggregateId(aggregateId));
      }
    }
  }
  for await (const ids of scanHotAccounts(dynamo, table)) {
    for (const accountId of ids) {
      accountIds.add(accountId);
    }
  }
  return accountIds;
}
