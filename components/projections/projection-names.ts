const WORDS: Readonly<Record<string, { readonly label: string; readonly purpose: string }>> = {
  journal: {
    label: 'Journal',
    purpose: 'Copies the stream into PostgreSQL, in one total order that all projections read.',
  },
  'hot-views': {
    label: 'Hot views',
    purpose: 'Keeps balances and recent transactions in DynamoDB.',
  },
  accounts: { label: 'Accounts', purpose: 'Every account with its balance: the accounts list.' },
  transactions: { label: 'Transactions', purpose: 'Every movement with its running balance.' },
  'daily-balances': { label: 'Daily balances', purpose: 'The closing balance of each day.' },
  'account-summaries': {
    label: 'Account summaries',
    purpose: 'Counts, totals and monthly flow of each account.',
  },
};

/** What a consumer or projection is called, and what it is for; its own name when it is new here. */
export function nameProjection(name: string): { label: string; purpose: string | null } {
  return WORDS[name] ?? { label: name, purpose: null };
}
