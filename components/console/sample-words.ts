import { IconBox } from '@tabler/icons-react';
import { createConsoleWords } from './console-words.ts';

/** Words of a module of accounts, for tests. */
export const SAMPLE_WORDS = createConsoleWords([
  {
    name: 'sample',
    pages: [{ href: '/accounts', label: 'Accounts', icon: IconBox, keys: 'g a' }],
    aggregates: {
      account: {
        noun: 'account',
        icon: IconBox,
        toHref: (id) => `/accounts/${id}`,
        actions: [{ label: 'Deposit', toHref: (id) => `/accounts/${id}?command=deposit` }],
      },
    },
    looks: {},
    toSentence: () => undefined,
    views: {
      accounts: { label: 'Accounts', purpose: '' },
      transactions: { label: 'Transactions', purpose: '' },
      'daily-balances': { label: 'Daily balances', purpose: '' },
      'account-summaries': { label: 'Account summaries', purpose: '' },
    },
    actions: [{ label: 'Open an account', href: '/accounts?new=true' }],
  },
]);
