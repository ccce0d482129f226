'use client';

import { Chip, Group } from '@mantine/core';
import { useRef } from 'react';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import type { Transaction } from '#lib/contracts/queries.ts';
import classes from './ledger-filters.module.css';
import { MOVEMENT_NAMES, MOVEMENT_TYPES } from './movement-types.ts';

export type LedgerFiltersProps = {
  q: string;
  type: readonly Transaction['type'][];
  onSearch: (q: string) => void;
  onType: (type: Transaction['type'][]) => void;
};

/** Search and kinds of movement, over the whole ledger. */
export function LedgerFilters({ q, type, onSearch, onType }: LedgerFiltersProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts([
    {
      id: 'search-ledger',
      keys: '/',
      label: 'Search the ledger',
      group: 'Account',
      run: () => search.current?.focus(),
    },
  ]);
  return (
    <div className={classes.filters}>
      <div className={classes.search}>
        <SearchInput
          ref={search}
          value={q}
          onChange={onSearch}
          label="Search the ledger"
          placeholder="Description, counterparty, event id"
        />
      </div>
      <Group gap={6} role="group" aria-label="Kinds of movement">
        {MOVEMENT_TYPES.map((one) => (
          <Chip
            key={one}
            size="xs"
            checked={type.includes(one)}
            onChange={(on) => onType(on ? [...type, one] : type.filter((other) => other !== one))}
          >
            {MOVEMENT_NAMES[one].many}
          </Chip>
        ))}
      </Group>
    </div>
  );
}
