import { isNext } from '#server/runtime/views/is-next.ts';
import { fromAccountAggregateId } from '../../domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '../../domain/account-events.ts';
import { type Movement, toMovement } from '../movement.ts';
import type { accountMonths, accountSummaries } from './account-summaries-table.ts';

export type AccountSummariesRow = typeof accountSummaries.$inferSelect;
export type AccountMonthsRow = typeof accountMonths.$inferSelect;

/** What is held of an account, or what changed: the summary, and months in their order. */
export type SummaryRows = {
  readonly summary: AccountSummariesRow | undefined;
  readonly months: readonly AccountMonthsRow[];
};

/**
 * The rows that an account's events change or add, in their order. `held.months` needs the newest
 * month only: time never runs backwards within an account, so no older one can change. Events that
 * the summary holds already change nothing: both parts come back empty then. Throws SEQUENCE_GAP at
 * a gap. Pure.
 */
export function foldAccountSummary(
  held: SummaryRows,
  events: readonly RecordedAccountEvent[],
): SummaryRows {
  const changed = new Map<string, AccountMonthsRow>();
  let { summary } = held;
  let month = held.months.at(-1);
  for (const event of events) {
    if (isNext(summary?.version ?? 0, event)) {
      summary = evolveSummary(summary, event);
      const movement = toMovement(event);
      if (movement) {
        month = addToMonth(month, event, movement);
        changed.set(month.month, month);
      }
    }
  }
  return {
    summary: summary === held.summary ? undefined : summary,
    months: [...changed.values()],
  };
}

function evolveSummary(
  summary: AccountSummariesRow | undefined,
  event: RecordedAccountEvent,
): AccountSummariesRow {
  const accountId = fromAccountAggregateId(event.aggregateId);
  const version = event.eventSequence;
  if (event.eventType === 'AccountOpened') {
    return { ...EMPTY, accountId, currency: event.eventData.currency, version };
  }
  if (summary === undefined) {
    throw new Error(`${event.eventType} is the first event of account ${accountId}.`);
  }
  const movement = toMovement(event);
  return { ...summary, ...(movement ? addMovement(summary, movement) : {}), version };
}

const EMPTY = {
  balance: 0n,
  deposits: 0,
  withdrawals: 0,
  transfersIn: 0,
  transfersOut: 0,
  totalIn: 0n,
  totalOut: 0n,
  largestIn: 0n,
  largestOut: 0n,
  lowestBalance: 0n,
  highestBalance: 0n,
};

const COUNTERS = {
  deposit: 'deposits',
  withdrawal: 'withdrawals',
  'transfer-in': 'transfersIn',
  'transfer-out': 'transfersOut',
} as const;

function addMovement(
  summary: AccountSummariesRow,
  { type, direction, amount, change }: Movement,
): Partial<AccountSummariesRow> {
  const balance = summary.balance + change;
  const [total, largest] =
    direction === 'in'
      ? (['totalIn', 'largestIn'] as const)
      : (['totalOut', 'largestOut'] as const);
  const counter = COUNTERS[type];
  return {
    balance,
    [counter]: summary[counter] + 1,
    [total]: summary[total] + amount,
    [largest]: max(summary[largest], amount),
    lowestBalance: -max(-summary.lowestBalance, -balance),
    highestBalance: max(summary.highestBalance, balance),
  };
}

function addToMonth(
  last: AccountMonthsRow | undefined,
  event: RecordedAccountEvent,
  { direction, amount }: Movement,
): AccountMonthsRow {
  const month = event.timestamp.slice(0, 7);
  const row =
    last?.month === month
      ? last
      : { accountId: fromAccountAggregateId(event.aggregateId), month, totalIn: 0n, totalOut: 0n };
  const total = direction === 'in' ? 'totalIn' : 'totalOut';
  return { ...row, [total]: row[total] + amount };
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
