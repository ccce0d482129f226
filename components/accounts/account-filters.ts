/** What accounts can be sorted by, as the API names it. */
export const ACCOUNT_SORTS = ['lastActivity', 'owner', 'number', 'balance', 'openedAt'] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

export const DIRECTIONS = ['asc', 'desc'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What the list shows and in which order. `cursor` is where its page begins, null at the first. */
export type AccountsState = {
  readonly q: string;
  readonly status: string[];
  readonly currency: string[];
  readonly sort: AccountSort;
  readonly dir: Direction;
  readonly cursor: string | null;
};

/**
 * The order after a click on a column: the other direction of the one that is sorted by; else what
 * a reader wants first, the newest and the largest, or A.
 */
export function nextOrder(
  { sort, dir }: Pick<AccountsState, 'sort' | 'dir'>,
  clicked: AccountSort,
): { sort: AccountSort; dir: Direction } {
  if (clicked === sort) {
    return { sort, dir: dir === 'asc' ? 'desc' : 'asc' };
  }
  return { sort: clicked, dir: clicked === 'owner' || clicked === 'number' ? 'asc' : 'desc' };
}

/** Whether rows stay in their place while money moves, so that the list may refresh by itself. */
export function isSteadyOrder(sort: AccountSort): boolean {
  return sort !== 'lastActivity' && sort !== 'balance';
}
