/** What is compared with the fold: every view, and the events themselves, which must be readable. */
export type ComparedView =
  | 'event-store'
  | 'accounts'
  | 'transactions'
  | 'daily-balances'
  | 'account-summaries'
  | 'account-balances'
  | 'recent-transactions';

/**
 * A place where a view is not what the events say. `field` names it: "balance", or with the row of
 * a view that has several, "1993-01-31/closing", "17/amount". Minor units as digits, times in ISO
 * 8601; null where there is nothing.
 */
export type Difference = {
  readonly accountId: string;
  readonly view: ComparedView;
  readonly field: string;
  readonly expected: string | null;
  readonly actual: string | null;
  /** What is known to be behind it: a dead letter or a skipped event of the account in that view. */
  readonly explanation: string | null;
};

/**
 * Reports one difference of the view at hand; `isBehind`: the view has not come that far yet, which
 * time may cure.
 */
export type ReportDifference = (
  difference: Pick<Difference, 'field' | 'expected' | 'actual'> & { readonly isBehind?: boolean },
) => void;

const MAX_KEPT = 100;

/**
 * Gathers an account's differences: the first hundred, and how many there are; `explain` says what is
 * known to be behind those of a view. What is explained is not waited for.
 */
export function createCollector(accountId: string, explain: (view: ComparedView) => string | null) {
  const found: Difference[] = [];
  let count = 0;
  let explained = 0;
  let isSomeBehind = false;
  return {
    reportIn:
      (view: ComparedView): ReportDifference =>
      ({ isBehind = false, ...difference }) => {
        const explanation = explain(view);
        count += 1;
        explained += explanation === null ? 0 : 1;
        isSomeBehind ||= isBehind && explanation === null;
        if (found.length < MAX_KEPT) {
          found.push({ accountId, view, ...difference, explanation });
        }
      },
    result: () => ({ found, count, explained, isBehind: isSomeBehind }),
  };
}
