'use client';

import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchApi } from '#components/ui/api-client.ts';
import { Money } from '#components/ui/money.tsx';
import { type AccountRow, accountsPageSchema } from '#lib/modules/bank/queries.ts';
import classes from './account-picker.module.css';

export type AccountPickerProps = {
  /** The account's number, or what is being searched for. */
  value: string;
  onChange: (value: string) => void;
  /** Only open accounts in this currency are offered. */
  currency: string;
  /** The account that is not offered: its own. */
  exclude: string;
  error?: ReactNode;
};

/**
 * An account by its number, or found by owner or number among all accounts. What is typed counts as
 * it stands, so that a number can be pasted.
 */
export function AccountPicker({
  value,
  onChange,
  currency,
  exclude,
  error: problem,
  ...input
}: AccountPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [q] = useDebouncedValue(value.trim(), 150);
  const { data, error, isFetching } = useQuery({
    queryKey: ['account-picker', currency, q],
    queryFn: ({ signal }) =>
      fetchApi(accountsPageSchema, '/api/accounts', {
        params: { q, currency, status: 'open', sort: 'owner', dir: 'asc', limit: 8 },
        signal,
      }),
    enabled: combobox.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).filter((account) => account.accountId !== exclude);
  const chosen = found.find((account) => account.accountId === value.trim());

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(accountId) => {
        onChange(accountId);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          {...input}
          data-autofocus
          label="To account"
          placeholder="Search by owner or number"
          required
          autoComplete="off"
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          rightSection={isFetching ? <Loader size={14} /> : null}
          error={problem}
          description={chosen ? `${chosen.owner}, ${chosen.currency}` : undefined}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {found.map((account) => (
            <Option key={account.accountId} account={account} />
          ))}
          {found.length === 0 && !isFetching ? (
            <Combobox.Empty>
              {error
                ? 'The search does not work just now; a number can be typed in full.'
                : `No other open ${currency} account matches.`}
            </Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Option({ account }: { account: AccountRow }) {
  return (
    <Combobox.Option value={account.accountId}>
      <span className={classes.option}>
        <span className={classes.owner}>{account.owner}</span>
        <Money amount={account.balance} currency={account.currency} />
      </span>
      <span className={classes.number}>{account.number}</span>
    </Combobox.Option>
  );
}
