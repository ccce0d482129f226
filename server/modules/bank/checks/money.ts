import { sql, sum } from 'drizzle-orm';
import type { ConservedQuantity } from '#server/runtime/integrity/conserved-quantity.ts';
import { type AccountEvent, balanceChange } from '../domain/account-events.ts';
import { accounts } from '../views/accounts/accounts-table.ts';
import { accountsView } from '../views/accounts/accounts-view.ts';

/** Money is neither made nor lost: all balances together are the deposits less the withdrawals. */
export const money: ConservedQuantity<AccountEvent> = {
  name: 'money',
  view: accountsView,
  readHeld: async (tx) => {
    const { currency, balance } = accounts;
    const rows = await tx
      .select({ currency, balance: sql<string>`${sum(balance)}::text` })
      .from(accounts)
      .groupBy(currency);
    return new Map(rows.map((row) => [row.currency, BigInt(row.balance)]));
  },
  toChange: (event) => {
    switch (event.eventType) {
      case 'MoneyDeposited':
      case 'MoneyWithdrawn':
        return { unit: event.eventData.currency, amount: balanceChange(event), transfer: null };
      case 'TransferSent':
      case 'TransferReceived': {
        const { currency: unit, transferId: transfer } = event.eventData;
        return { unit, amount: balanceChange(event), transfer };
      }
      case 'AccountOpened':
      case 'AccountClosed':
        return undefined;
    }
  },
};
