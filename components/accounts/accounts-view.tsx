'use client';

import { Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useRef } from 'react';
import { FreshnessBadge } from '#components/system/freshness-badge.tsx';
import type { EmptyStateProps } from '#components/ui/empty-state.tsx';
import { FacetFilter } from '#components/ui/facet-filter.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { ShortcutCaps } from '#components/ui/key-caps.tsx';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { useLive } from '#components/ui/use-live.ts';
import type { AccountsPage } from '#lib/contracts/queries.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { isSteadyOrder, nextOrder } from './account-filters.ts';
import { AccountsTable } from './accounts-table.tsx';
import classes from './accounts-view.module.css';
import { type OpenAccountAction, OpenAccountDialog } from './open-account-dialog.tsx';
import { PageTurner } from './page-turner.tsx';
import { useAccounts } from './use-accounts.ts';
import { useAccountsState } from './use-accounts-state.ts';

const NO_FILTERS = { q: '', status: [], currency: [] };

/** Every account of the bank: found, narrowed, sorted and turned through on the server. */
export function AccountsView({ openAccount }: { openAccount: OpenAccountAction }) {
  const { state, change, turnTo } = useAccountsState();
  const [opening, setOpening] = useQueryState('new', parseAsBoolean.withDefault(false));
  const query = useAccounts(state);
  const page = query.data;
  const searchRef = useRef<HTMLInputElement>(null);
  const tableRef = useRef<HTMLTableElement>(null);
  const moved = useLive((live) => live.positions.accounts ?? 0) > (page?.freshness.position ?? 0);
  const filtered = state.q !== '' || state.status.length > 0 || state.currency.length > 0;
  const startOpening = () => void setOpening(true);

  const group = 'Accounts';
  useShortcuts([
    { id: 'search', keys: '/', label: 'Search', group, run: () => searchRef.current?.focus() },
    {
      id: 'next',
      keys: 'j',
      label: 'Next account',
      group,
      run: () => focusRow(tableRef.current, 1),
    },
    {
      id: 'previous',
      keys: 'k',
      label: 'Previous account',
      group,
      run: () => focusRow(tableRef.current, -1),
    },
    { id: 'open', keys: 'o', label: 'Open an account', group, run: startOpening },
  ]);

  return (
    <>
      <PageHeader
        title="Accounts"
        subtitle="Every account, as the “accounts” projection has it"
        actions={
          <>
            {page ? <FreshnessBadge freshness={page.freshness} /> : null}
            <Tooltip label={<ShortcutCaps id="open" />}>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={startOpening}>
                Open account
              </Button>
            </Tooltip>
          </>
        }
      />
      <FilterBar
        search={
          <SearchInput
            ref={searchRef}
            value={state.q}
            onChange={(q) => change({ q })}
            label="Search accounts"
            placeholder="Search owners and numbers"
          />
        }
        onClear={filtered ? () => change(NO_FILTERS) : null}
        summary={page ? toSummary(page) : null}
      >
        <FacetFilter
          label="Status"
          facet={page?.facets.status}
          selected={state.status}
          onChange={(status) => change({ status })}
          toText={(status) => (status === 'open' ? 'Open' : 'Closed')}
        />
        <FacetFilter
          label="Currency"
          facet={page?.facets.currency}
          selected={state.currency}
          onChange={(currency) => change({ currency })}
        />
      </FilterBar>
      <Panel
        title="Accounts"
        hideTitle
        flush
        query={query}
        isEmpty={({ items }) => items.length === 0}
        empty={toEmpty(filtered, () => change(NO_FILTERS), startOpening)}
      >
        {({ items, nextCursor }) => (
          <div className={classes.place}>
            <NewRowsPill
              count={moved && !isSteadyOrder(state.sort) ? null : 0}
              noun="movement"
              onShow={() => void query.refetch()}
              loading={query.isFetching}
            />
            <AccountsTable
              accounts={items}
              sort={state.sort}
              dir={state.dir}
              onSort={(column) => change(nextOrder(state, column))}
              stale={query.isPlaceholderData}
              tableRef={tableRef}
            />
            <div className={classes.footer}>
              <PageTurner cursor={state.cursor} nextCursor={nextCursor} onTurn={turnTo} />
            </div>
          </div>
        )}
      </Panel>
      <OpenAccountDialog
        opened={opening}
        onClose={() => void setOpening(null)}
        openAccount={openAccount}
      />
    </>
  );
}

function toSummary({ total, atLeast }: AccountsPage): string {
  return atLeast ? `${formatCount(total)}+ accounts` : countOf(total, 'account');
}

function toEmpty(filtered: boolean, onClear: () => void, onOpen: () => void): EmptyStateProps {
  return filtered
    ? {
        title: 'No account matches',
        hint: 'Search and filters look at every account of the bank.',
        action: (
          <Button variant="default" onClick={onClear}>
            Clear all filters
          </Button>
        ),
      }
    : {
        title: 'No account yet',
        hint: 'Open the first one: it shows here as soon as the projection has it.',
        action: <Button onClick={onOpen}>Open account</Button>,
      };
}

/** Moves the focus to the row after or before the one that has it; to the first when none has. */
function focusRow(table: HTMLTableElement | null, step: 1 | -1): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const active = document.activeElement;
  const index = active instanceof HTMLElement ? links.indexOf(active) : -1;
  const next = index < 0 ? 0 : Math.min(Math.max(index + step, 0), links.length - 1);
  links[next]?.focus();
}
