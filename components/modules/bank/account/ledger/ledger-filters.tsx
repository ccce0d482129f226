'use client';

import { Button, Chip, Group } from '@mantine/core';
import { useRef } from 'react';
import { RangeFilter } from '#components/ui/range-filter.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { formatCount } from '#lib/count-format.ts';
import { readAmountBound } from '#lib/modules/bank/amount-bound.ts';
import classes from './ledger-filters.module.css';
import { MOVEMENT_NAMES, MOVEMENT_TYPES } from './movement-types.ts';
import type { LedgerFilter } from './use-ledger.ts';

export type LedgerFiltersProps = {
  currency: string;
  filter: LedgerFilter;
  onChange: (change: Partial<LedgerFilter>) => void;
};

/** Search, days, amounts and kinds of movement, over the whole ledger. */
export function LedgerFilters({ currency, filter, onChange }: LedgerFiltersProps) {
  const { q, type, from, to, least, most, movement } = filter;
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
          onChange={(text) => onChange({ q: text })}
          label="Search the ledger"
          placeholder="Description, counterparty, event id"
        />
      </div>
      <Group gap={8} wrap="nowrap">
        <RangeFilter
          label="Date"
          names={['From', 'To']}
          type="date"
          value={{ from, to }}
          onChange={onChange}
        />
        <RangeFilter
          label="Amount"
          names={['At least', 'At most']}
          type="text"
          value={{ from: least, to: most }}
          onChange={(range) => onChange({ least: range.from, most: range.to })}
          toProblem={(text) => {
            const amount = readAmountBound(text, currency);
            return typeof amount === 'bigint' ? null : amount.problem;
          }}
        />
      </Group>
      <Group className={classes.kinds} gap={6} role="group" aria-label="Kinds of movement">
        {MOVEMENT_TYPES.map((one) => (
          <Chip
            key={one}
            size="xs"
            checked={type.includes(one)}
            onChange={(on) =>
              onChange({ type: on ? [...type, one] : type.filter((other) => other !== one) })
            }
          >
            {MOVEMENT_NAMES[one].many}
          </Chip>
        ))}
      </Group>
      {movement === null ? null : (
        <Button variant="light" size="compact-sm" onClick={() => onChange({ movement: null })}>
          From event {formatCount(movement)} down: show the newest
        </Button>
      )}
    </div>
  );
}
