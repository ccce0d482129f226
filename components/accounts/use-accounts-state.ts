'use client';

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { ACCOUNT_SORTS, type AccountsState, DIRECTIONS } from './account-filters.ts';

const PARAMS = {
  q: parseAsString.withDefault(''),
  status: parseAsArrayOf(parseAsString).withDefault([]),
  currency: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(ACCOUNT_SORTS).withDefault('lastActivity'),
  dir: parseAsStringLiteral(DIRECTIONS).withDefault('desc'),
  cursor: parseAsString,
};

/** The list's filters, order and page, in the URL; another filter or order starts at the first page, and Back undoes it. */
export function useAccountsState() {
  const [state, setState] = useQueryStates(PARAMS, { history: 'push' });
  return {
    state,
    change: (change: Partial<Omit<AccountsState, 'cursor'>>) =>
      void setState({ ...change, cursor: null }),
    /** Turns to a page, which is read from its top; the browser's back button turns back. */
    turnTo: (cursor: string | null) => void setState({ cursor }, { scroll: true }),
  };
}
