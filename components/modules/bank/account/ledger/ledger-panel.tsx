'use client';

import { IconListDetails } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FreshEvents } from '#components/console/aggregate/fresh-events.tsx';
import { ListEnd } from '#components/console/aggregate/list-end.tsx';
import { useBaseline } from '#components/console/aggregate/use-baseline.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { FreshnessBadge } from '#components/console/system/freshness-badge.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import classes from './ledger-tab.module.css';
import { LedgerTable } from './ledger-table.tsx';
import { useLedger } from './use-ledger.ts';
import { useLedgerFilter } from './use-ledger-filter.ts';

export type LedgerPanelProps = {
  accountId: string;
  currency: string;
  /** The account's newest sequence that this page knows, and that of its own last command. */
  newest: number;
  own: number;
};

/** Every movement of money with its running balance; searched and filtered on the server. */
export function LedgerPanel({ accountId, currency, newest, own }: LedgerPanelProps) {
  const { filter, isFiltered, change } = useLedgerFilter();
  const { baseline, fresh, show } = useBaseline(newest, own);
  const ledger = useLedger(accountId, filter, baseline);
  const items = useMemo(
    () => ledger.data?.pages.flatMap((page) => page.items) ?? [],
    [ledger.data],
  );
  const first = ledger.data?.pages[0];
  const troubles = useStanding(toAggregateId('account', accountId)).data?.troubles ?? [];

  return (
    <div className={classes.main}>
      <LedgerFilters currency={currency} filter={filter} onChange={change} />
      <Panel
        title="Ledger"
        query={ledger}
        flush
        actions={
          first ? (
            <FreshnessBadge
              freshness={first.freshness}
              aggregate={{ noun: 'account', troubles, missing: 0 }}
            />
          ) : null
        }
      >
        {(data) => (
          <>
            <FreshEvents count={fresh} loading={ledger.isPlaceholderData} onShow={show} />
            <LedgerTable
              accountId={accountId}
              currency={currency}
              items={items}
              chosen={filter.movement}
              total={data.pages[0]?.total ?? 0}
              pages={ledger}
              empty={
                isFiltered
                  ? {
                      title: 'No movement matches',
                      hint: 'Search for another part of a description, a counterparty, an amount or an event id, or take the filter away.',
                    }
                  : {
                      icon: <IconListDetails size={22} />,
                      title: 'No money has moved yet',
                      hint: 'Deposit something, and it stands here a moment later.',
                    }
              }
            />
            {items.length > 0 ? (
              <ListEnd
                pages={ledger}
                loaded={items.length}
                total={Math.max(data.pages[0]?.total ?? 0, items.length)}
                atLeast={data.pages[0]?.atLeast ?? false}
                note={data.pages[0]?.note ?? null}
                noun="movement"
              />
            ) : null}
          </>
        )}
      </Panel>
    </div>
  );
}
