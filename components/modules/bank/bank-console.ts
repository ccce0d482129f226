import {
  IconArrowDownLeft,
  IconArrowLeft,
  IconArrowRight,
  IconArrowsExchange,
  IconArrowUpRight,
  IconBuildingBank,
  IconCheck,
  IconHourglass,
  IconLock,
  IconX,
} from '@tabler/icons-react';
import type { ConsoleModule } from '#components/console/console-module.ts';
import { toEventNote, toEventSentence } from '#lib/modules/bank/event-sentence.ts';
import { formatMoney } from '#lib/money.ts';
import { toStateParts } from './account/time-machine/to-state-parts.tsx';
import { BankTiles } from './overview/bank-tiles.tsx';

const ACTION_LABELS = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  transfer: 'Transfer',
  close: 'Close account',
} as const;

function toAccountHref(id: string): string {
  return `/accounts/${encodeURIComponent(id)}`;
}

/** Accounts and what happens to them, in the bank's words. */
export const bankConsole: ConsoleModule = {
  name: 'bank',
  pages: [
    { href: '/accounts', label: 'Accounts', icon: IconBuildingBank, keys: 'g a' },
    { href: '/transfers', label: 'Transfers', icon: IconArrowsExchange, keys: 'g f' },
  ],
  aggregates: {
    account: {
      noun: 'account',
      icon: IconBuildingBank,
      toHref: toAccountHref,
      toStateParts: ({ currency }) => toStateParts(currency),
      actions: (['deposit', 'withdraw', 'transfer', 'close'] as const).map((command) => ({
        label: ACTION_LABELS[command],
        toHref: (id) => `${toAccountHref(id)}?command=${command}`,
      })),
    },
    transfer: { noun: 'transfer', icon: IconArrowsExchange },
  },
  looks: {
    AccountOpened: { icon: IconBuildingBank, tone: 'accent' },
    MoneyDeposited: { icon: IconArrowDownLeft, tone: 'good' },
    MoneyWithdrawn: { icon: IconArrowUpRight, tone: 'warn' },
    TransferSent: { icon: IconArrowRight, tone: 'warn' },
    TransferReceived: { icon: IconArrowLeft, tone: 'good' },
    TransferProposed: { icon: IconHourglass, tone: 'warn' },
    TransferApproved: { icon: IconCheck, tone: 'good' },
    TransferDeclined: { icon: IconX, tone: 'bad' },
    AccountClosed: { icon: IconLock, tone: 'neutral' },
  },
  toSentence: toEventSentence,
  toNote: toEventNote,
  views: {
    accounts: { label: 'Accounts', purpose: 'Every account with its balance: the accounts list.' },
    transactions: { label: 'Transactions', purpose: 'Every movement with its running balance.' },
    'daily-balances': { label: 'Daily balances', purpose: 'The closing balance of each day.' },
    'account-summaries': {
      label: 'Account summaries',
      purpose: 'Counts, totals and monthly flow of each account.',
    },
    'proposed-transfers': {
      label: 'Proposed transfers',
      purpose: 'Large transfers that another person approves, and what became of them.',
    },
  },
  quantities: {
    money: {
      label: 'Money',
      unit: 'Currency',
      made: 'Deposits less withdrawals',
      held: 'Accounts hold',
      formatAmount: (amount, currency) => formatMoney({ amount, currency }),
    },
  },
  actions: [
    { label: 'Open an account', href: '/accounts?new=true' },
    { label: 'Transfers to approve', href: '/transfers?status=proposed' },
  ],
  Tiles: BankTiles,
};
