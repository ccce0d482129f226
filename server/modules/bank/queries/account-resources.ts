import {
  accountAnswerSchema,
  accountsPageSchema,
  ledgerPageSchema,
} from '#lib/modules/bank/queries.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { accountQuerySchema, findAccount } from './account-answer.ts';
import { accountsQuerySchema, getAccountsPage } from './accounts-page.ts';
import { getLedgerPage, isScan, ledgerQuerySchema } from './ledger-page.ts';

/** Accounts by search, facets and order. */
export const accountsResource = defineResource({
  path: '/accounts',
  summary: 'Lists accounts: searched, narrowed and sorted over all of them.',
  query: accountsQuerySchema,
  answer: accountsPageSchema,
  read: ({ db, scans }, query) => getAccountsPage(query.q ? scans : db, query),
});

/** One account, as consistent as asked for. */
export const accountResource = defineResource({
  path: '/accounts/{accountId}',
  summary: 'Reads an account from its view, or folded from its events (consistency=strong).',
  aggregate: accountAggregate,
  query: accountQuerySchema,
  answer: accountAnswerSchema,
  read: (deps, query, accountId) => findAccount(deps, accountId, query),
  toVersion: ({ account }) => account.version,
});

/** An account's movements. */
export const ledgerResource = defineResource({
  path: '/accounts/{accountId}/ledger',
  summary: 'Lists the movements of an account, newest first.',
  aggregate: accountAggregate,
  query: ledgerQuerySchema,
  answer: ledgerPageSchema,
  read: async (deps, query, accountId) => {
    await waitForEvent(deps, ['transactions'], toAccountAggregateId(accountId), query);
    return getLedgerPage(isScan(query) ? deps.scans : deps.db, accountId, query);
  },
});
