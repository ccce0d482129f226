export const DIRECTIONS = ['asc', 'desc'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** By what a list is sorted, as the API names it, and how. */
export type ListOrder = { readonly sort: string; readonly dir: Direction };

/** The order after a click on a column: the other direction of the one that is sorted by; else `first`. */
export function nextOrder({ sort, dir }: ListOrder, clicked: string, first: Direction): ListOrder {
  return clicked === sort
    ? { sort, dir: dir === 'asc' ? 'desc' : 'asc' }
    : { sort: clicked, dir: first };
}
