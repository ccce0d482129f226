'use client';

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { DIRECTIONS } from './list-order.ts';
import type { ListSpec } from './list-spec.ts';

/** The list's filters, order and page, in the URL; another filter or order starts at the first page, and Back undoes it. */
export function useListState<Row>({ facets, firstOrder }: ListSpec<Row>) {
  const names = facets.map(({ name }) => name).join();
  const filters = useMemo(
    () =>
      Object.fromEntries(
        names
          .split(',')
          .filter((name) => name !== '')
          .map((name) => [name, parseAsArrayOf(parseAsString).withDefault([])]),
      ),
    [names],
  );
  const [chosen, setChosen] = useQueryStates(filters, { history: 'push' });
  const [order, setOrder] = useQueryStates(
    {
      q: parseAsString.withDefault(''),
      sort: parseAsString.withDefault(firstOrder.sort),
      dir: parseAsStringLiteral(DIRECTIONS).withDefault(firstOrder.dir),
      cursor: parseAsString,
    },
    { history: 'push' },
  );
  return {
    ...order,
    /** By facet, what it is narrowed to. */
    chosen,
    isFiltered: order.q !== '' || Object.values(chosen).some((values) => values.length > 0),
    change: (change: { q?: string; sort?: string; dir?: (typeof DIRECTIONS)[number] }) =>
      void setOrder({ ...change, cursor: null }),
    choose: (name: string, values: string[]) => {
      void setChosen({ [name]: values });
      void setOrder({ cursor: null });
    },
    clear: () => {
      void setChosen(null);
      void setOrder({ q: null, cursor: null });
    },
    /** Turns to a page, which is read from its top; the browser's back button turns back. */
    turnTo: (cursor: string | null) => void setOrder({ cursor }, { scroll: true }),
  };
}
