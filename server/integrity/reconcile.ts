import { setTimeout as sleep } from 'node:timers/promises';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { type DeliveredEvent, isBroken } from '#server/event-store/delivered-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isForeignId } from '#server/event-store/foreign-id.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import { categorize } from '#server/platform/failure.ts';
import { getAccountExceptions } from '#server/projections/dead-letters/get-account-exceptions.ts';
import { type AccountComparison, compareAccount } from './compare-account.ts';
import type { Difference } from './difference.ts';
import { findUnknownAccounts } from './find-unknown-accounts.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { explainUnreadable } from './view-exceptions.ts';

const ACCOUNTS_AT_ONCE = 8;
const MAX_ITEMS = 100;
const RETRY_INTERVAL_MS = 100;

/** What a comparison of every view with the event store came to. */
export type Reconciliation = {
  /** Accounts in the event store, all of them compared. */
  readonly checked: number;
  /** Accounts of which a view is not what it should be, and nothing is known that explains it all. */
  readonly different: number;
  /** Single differences without an explanation. */
  readonly differences: number;
  /** Accounts whose every difference is explained by dead letters and skipped events. */
  readonly explained: number;
  /** Events of which nobody knows how they came in: their command's record may have expired. */
  readonly unknownOrigins: number;
  /** The first hundred differences, explained ones among them. */
  readonly items: readonly Difference[];
};

type ReconcileOptions = {
  /** For how long views that are behind may catch up, after all else has been compared. */
  readonly settleMs?: number;
  /** Once aborted, it throws the signal's reason. */
  readonly signal?: AbortSignal;
};

/**
 * Folds every account from the event store and compares each of its rows in PostgreSQL and each of
 * its items in DynamoDB; finds accounts too that a view has and the event store has not, and items in
 * the event store that are no events of any account, and events that came in without the record of
 * their command. Views that
 * are behind are looked at again until they have come to where the account was when it was first
 * read. Memory grows with the number of accounts (their ids), not of events. Throws what the
 * databases throw.
 */
export async function reconcile(
  deps: IntegrityDeps,
  { settleMs = 5_000, signal }: ReconcileOptions = {},
): Promise<Reconciliation> {
  const { known, foreign } = await listAggregates(deps.store);
  const different = new Set<string>();
  const items: Difference[] = [];
  let differences = 0;
  let explained = 0;
  let unknownOrigins = 0;

  function add(accountId: string, found: readonly Difference[], count: number, known = 0): void {
    if (count > known) {
      different.add(accountId);
    } else if (known > 0) {
      explained += 1;
    }
    differences += count - known;
    items.push(...found.slice(0, MAX_ITEMS - items.length));
  }

  // By account, the version that its views must come to.
  let behind = new Map<string, number>();
  await forEachConcurrently(known, ACCOUNTS_AT_ONCE, async (accountId) => {
    signal?.throwIfAborted();
    const { version, found, count, isBehind, ...rest } = await compare(deps, accountId);
    if (isBehind) {
      behind.set(accountId, version);
    } else {
      add(accountId, found, count, rest.explained);
      unknownOrigins += rest.unknownOrigins;
    }
  });

  const deadline = performance.now() + settleMs;
  while (behind.size > 0) {
    const isLast = performance.now() >= deadline;
    const still = new Map<string, number>();
    await forEachConcurrently(behind, ACCOUNTS_AT_ONCE, async ([accountId, required]) => {
      signal?.throwIfAborted();
      const comparison = await compare(deps, accountId, required);
      if (comparison.isBehind && !isLast) {
        still.set(accountId, required);
      } else {
        add(accountId, comparison.found, comparison.count, comparison.explained);
        unknownOrigins += comparison.unknownOrigins;
      }
    });
    behind = still;
    if (behind.size > 0) {
      await sleep(RETRY_INTERVAL_MS);
    }
  }

  for await (const difference of findUnknownAccounts(deps, known)) {
    add(difference.accountId, [difference], 1);
  }
  for (const item of foreign) {
    const difference = await toForeignDifference(deps, item);
    add(difference.accountId, [difference], 1, difference.explanation === null ? 0 : 1);
  }
  const counts = { different: different.size, differences, explained, unknownOrigins };
  return { checked: known.size, ...counts, items };
}

/** An account that cannot be compared is a difference, and the others are compared all the same. */
async function compare(
  deps: IntegrityDeps,
  accountId: string,
  required?: number,
): Promise<AccountComparison> {
  try {
    return await compareAccount(deps, accountId, required);
  } catch (error) {
    if (categorize(error) === 'transient') {
      throw error;
    }
    const found: Difference = {
      accountId,
      view: 'event-store',
      field: 'account',
      expected: 'comparable',
      actual: toErrorSentence(error),
      explanation: null,
    };
    const known = { explained: 0, isBehind: false, unknownOrigins: 0 };
    return { version: 0, found: [found], count: 1, ...known };
  }
}

/** The accounts of the event store, and the items in it that are of none. */
async function listAggregates(store: EventStore) {
  const known = new Set<string>();
  const foreign: DeliveredEvent[] = [];
  for await (const page of store.scanDelivered()) {
    for (const event of page) {
      if (isForeignId(event.aggregateId)) {
        foreign.push(event);
      } else {
        known.add(fromAggregateId(event.aggregateId));
      }
    }
  }
  return { known, foreign };
}

async function toForeignDifference(deps: IntegrityDeps, item: DeliveredEvent): Promise<Difference> {
  const exceptions = await getAccountExceptions(deps, item.aggregateId);
  return {
    accountId: item.aggregateId,
    view: 'event-store',
    field: 'item',
    expected: 'an event',
    actual: isBroken(item) ? item.problem.message : null,
    explanation: explainUnreadable(exceptions, item.eventSequence),
  };
}
