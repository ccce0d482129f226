'use client';

import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { MOVEMENT_TYPES } from './movement-types.ts';
import type { LedgerFilter } from './use-ledger.ts';

const text = parseAsString.withDefault('');

/** What the ledger is narrowed to, in the URL. */
const FILTER = {
  q: text,
  type: parseAsArrayOf(parseAsStringLiteral(MOVEMENT_TYPES)).withDefault([]),
  from: text,
  to: text,
  least: text,
  most: text,
  /** The newest movement that is shown: the one that a link led to. */
  movement: parseAsInteger,
};

/** The ledger's filter, and how it is changed; Back undoes each change. */
export function useLedgerFilter() {
  const [filter, setFilter] = useQueryStates(FILTER, { history: 'push' });
  const { q, type, movement, ...ranges } = filter;
  return {
    filter,
    isFiltered: q !== '' || type.length > 0 || Object.values(ranges).some(Boolean),
    change: (change: Partial<LedgerFilter>) => void setFilter(change),
  };
}
