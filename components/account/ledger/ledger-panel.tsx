'use client';

import { IconListDetails } from '@tabler/icons-react';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { FreshnessBadge } from '#components/system/freshness-badge.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { FreshEvents } from '../fresh-events.tsx';
import { ListEnd } from '../list-end.tsx';
import { useBaseline } from '../use-baseline.ts';
import { useStanding } from '../use-standing.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import classes from './ledger-tab.module.css';
import { LedgerTable } from './ledger-table.tsx';
import { MOVEMENT_TYPES } from './movement-types.ts';
import { useLedger } from './use-ledger.ts';

export type LedgerPanelProps = {
  accountId: string;
  currency: string;
  /** The account's newest sequence that this page knows, and that of its own last command. */
  newest: number;
  own: number;
};

/** Every movement of money with its running balance; searched and filtered on the server. */
export function LedgerPanel({ accountId, currency, newest, own }: LedgerPanelProps) {
  const [q, setQ] = useQueryState(
    'q',
    parseAsString.withDefault('').withOptions({ history: 'push' }),
  );
  const [type, setType] = useQueryState(
    'type',
    parseAsArrayOf(parseAsStringLiteral(MOVEMENT_TYPES))
      .withDefault([])
      .withOptions({ history: 'push' }),
  );
  const { baseline, fresh, show } = useBaseline(newest, own);
  const ledger = useLedger(accountId, { q, type }, baseline);
  const items = useMemo(
    () => ledger.data?.pages.flatMap((page) => page.items) ?? [],
    [ledger.data],
  );
  const first = ledger.data?.pages[0];
  const troubles = useStanding(accountId).data?.troubles ?? [];
  const filtered = q !== '' || type.length > 0;

  return (
    <div className={classes.main}>
      <LedgerFilters
        q={q}
        type={type}
        onSearch={(text) => void setQ(text || null)}
        onType={(chosen) => void setType(chosen.length > 0 ? chosen : null)}
      />
      <Panel
        title="Ledger"
        query={ledger}
        flush
        actions={
          first ? (
            <FreshnessBadge freshness={first.freshness} account={{ troubles, missing: 0 }} />
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
              total={data.pages[0]?.total ?? 0}
              pages={ledger}
              empty={
                filtered
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
