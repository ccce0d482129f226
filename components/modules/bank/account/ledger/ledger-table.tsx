'use client';

import { Table } from '@mantine/core';
import { useRef } from 'react';
import { type MorePages, useMorePages } from '#components/console/aggregate/use-more-pages.ts';
import { useRowWindow } from '#components/console/aggregate/use-row-window.ts';
import { EmptyState, type EmptyStateProps } from '#components/ui/empty-state.tsx';
import type { Transaction } from '#lib/modules/bank/queries.ts';
import { LedgerRow } from './ledger-row.tsx';
import classes from './ledger-table.module.css';

export type LedgerTableProps = {
  accountId: string;
  currency: string;
  items: readonly Transaction[];
  /** The sequence of the movement that a link led to. */
  chosen: number | null;
  total: number;
  pages: MorePages;
  /** What is said when there is no row. */
  empty: EmptyStateProps;
};

const COLUMNS = 7;

/** The movements that are near the screen, newest first. */
export function LedgerTable(props: LedgerTableProps) {
  const { accountId, currency, items, chosen, total, pages, empty } = props;
  const listRef = useRef<HTMLTableSectionElement>(null);
  const { rows, before, after, measure } = useRowWindow({
    listRef,
    count: items.length,
    estimate: 45,
    toKey: (index) => items[index]?.eventId ?? String(index),
  });
  useMorePages(pages, rows.at(-1)?.index ?? -1, items.length);
  if (items.length === 0) {
    return <EmptyState {...empty} />;
  }
  return (
    <Table
      className={classes.table}
      aria-label={`Ledger of account ${accountId} in ${currency}`}
      aria-rowcount={total + 1}
      verticalSpacing={6}
      horizontalSpacing="sm"
      highlightOnHover
    >
      <Table.Thead>
        <Table.Tr aria-rowindex={1}>
          <Table.Th>Date</Table.Th>
          <Table.Th>Description</Table.Th>
          <Table.Th className={classes.wide}>Counterparty</Table.Th>
          <Table.Th className={`${classes.figure} ${classes.wide}`}>Debit</Table.Th>
          <Table.Th className={`${classes.figure} ${classes.wide}`}>Credit</Table.Th>
          <Table.Th className={`${classes.figure} ${classes.narrow}`}>Amount</Table.Th>
          <Table.Th className={classes.figure}>Balance</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={listRef}>
        <Spacer height={before} />
        {rows.map(({ index, key }) => {
          const item = items[index];
          return item ? (
            <LedgerRow
              key={key}
              accountId={accountId}
              item={item}
              index={index}
              isChosen={item.sequence === chosen}
              measure={measure}
            />
          ) : null;
        })}
        <Spacer height={after} />
      </Table.Tbody>
    </Table>
  );
}

/** The height of the rows that are not drawn. */
function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      <td colSpan={COLUMNS} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}
