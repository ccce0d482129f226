import { accountAnswerSchema, hotViewsSchema } from '#lib/modules/bank/queries.ts';
import type { ChaosDomain } from '../chaos-domain.ts';
import { checkMoney } from './check-money.ts';
import { FIRST_ACCOUNTS, planBankCommands } from './plan-bank-commands.ts';

/** Accounts under load: money is conserved. */
export const bankDomain: ChaosDomain = {
  module: 'bank',
  beginnings: FIRST_ACCOUNTS,
  weight: 40,
  plan: planBankCommands,
  reads: [
    {
      aggregateType: 'account',
      path: (id) => `/api/accounts/${id}`,
      waitQuery: (sequence) => `?consistency=wait&sequence=${sequence}`,
      views: ['accounts'],
      toSequences: (body) => ({ accounts: accountAnswerSchema.parse(body).account.version }),
    },
    {
      aggregateType: 'account',
      path: (id) => `/api/accounts/${id}/hot-views`,
      views: ['account-balances', 'recent-transactions'],
      toSequences: (body) => {
        const { balance, recent } = hotViewsSchema.parse(body);
        return {
          'account-balances': balance?.sequence ?? 0,
          'recent-transactions': recent?.sequence ?? 0,
        };
      },
    },
  ],
  check: checkMoney,
};
