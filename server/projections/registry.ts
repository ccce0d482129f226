import { accountSummariesProjection } from './account-summaries/account-summaries-projection.ts';
import { accountsProjection } from './accounts/accounts-projection.ts';
import { dailyBalancesProjection } from './daily-balances/daily-balances-projection.ts';
import type { Projection } from './projection.ts';
import { transactionsProjection } from './transactions/transactions-projection.ts';

/** Every projection in PostgreSQL. */
export const PROJECTIONS: readonly Projection[] = [
  accountsProjection,
  transactionsProjection,
  dailyBalancesProjection,
  accountSummariesProjection,
];
