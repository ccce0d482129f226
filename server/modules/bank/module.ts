import type { Module } from '#server/runtime/module.ts';
import { accountsOracle } from './checks/accounts-oracle.ts';
import { money } from './checks/money.ts';
import { approveTransfer } from './commands/approve-transfer.ts';
import { closeAccount } from './commands/close-account.ts';
import { declineTransfer } from './commands/decline-transfer.ts';
import { deposit, withdraw } from './commands/move-money.ts';
import { openAccount } from './commands/open-account.ts';
import { transfer } from './commands/transfer.ts';
import { planDemoBank } from './demo/plan-demo-bank.ts';
import { accountAggregate } from './domain/account-aggregate.ts';
import { ACCOUNT_REJECTIONS } from './domain/account-rejections.ts';
import { proposalAggregate } from './domain/proposal-aggregate.ts';
import { accountsCommand } from './ops/accounts.ts';
import { closeCommand } from './ops/close.ts';
import { importCommand } from './ops/import.ts';
import { depositCommand, withdrawCommand } from './ops/move-money.ts';
import { openCommand } from './ops/open.ts';
import { transferCommand } from './ops/transfer.ts';
import { accountResource, accountsResource, ledgerResource } from './queries/account-resources.ts';
import { searchAccounts } from './queries/search-accounts.ts';
import {
  proposedTransfersList,
  transferResource,
  transfersResource,
} from './queries/transfer-resources.ts';
import { accountBalancesView } from './views/account-balances/account-balances-view.ts';
import { accountSummariesView } from './views/account-summaries/account-summaries-view.ts';
import { accountsView } from './views/accounts/accounts-view.ts';
import { dailyBalancesView } from './views/daily-balances/daily-balances-view.ts';
import { proposedTransfersView } from './views/proposed-transfers/proposed-transfers-view.ts';
import { recentTransactionsView } from './views/recent-transactions/recent-transactions-view.ts';
import { transactionsView } from './views/transactions/transactions-view.ts';

/** Accounts, money that moves, and statements of other banks. */
export const bankModule: Module = {
  name: 'bank',
  aggregates: [accountAggregate, proposalAggregate],
  commands: [
    openAccount,
    deposit,
    withdraw,
    transfer,
    approveTransfer,
    declineTransfer,
    closeAccount,
  ],
  views: [
    accountsView,
    transactionsView,
    dailyBalancesView,
    accountSummariesView,
    proposedTransfersView,
  ],
  hotViews: [accountBalancesView, recentTransactionsView],
  lists: [proposedTransfersList],
  resources: [
    accountsResource,
    accountResource,
    ledgerResource,
    transfersResource,
    transferResource,
  ],
  rejections: ACCOUNT_REJECTIONS,
  oracles: [accountsOracle],
  conserved: [money],
  search: searchAccounts,
  demo: planDemoBank,
  ops: [
    importCommand,
    accountsCommand,
    openCommand,
    depositCommand,
    withdrawCommand,
    transferCommand,
    closeCommand,
  ],
};
