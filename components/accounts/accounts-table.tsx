'use client';

import { useTable } from '@tanstack/react-table';
import type { RefObject } from 'react';
import type { AccountRow } from '#lib/contracts/queries.ts';
import { ACCOUNT_SORTS, type AccountSort, type Direction } from './account-filters.ts';
import { columns, features } from './accounts-columns.tsx';
import classes from './accounts-table.module.css';
import { SortButton } from './sort-button.tsx';

export type AccountsTableProps = {
  accounts: AccountRow[];
  sort: AccountSort;
  dir: Direction;
  onSort: (column: AccountSort) => void;
  /** The rows are of the page before, while the next one loads. */
  stale: boolean;
  tableRef: RefObject<HTMLTableElement | null>;
};

/** One page of accounts; each row leads to the account. */
export function AccountsTable(props: AccountsTableProps) {
  const { accounts, sort, dir, onSort, stale, tableRef } = props;
  const table = useTable({ features, columns, data: accounts, getRowId: (row) => row.accountId });
  return (
    <div className={classes.scroll} data-stale={stale || undefined}>
      <table ref={tableRef} className={classes.table} aria-label="Accounts" aria-busy={stale}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const column = ACCOUNT_SORTS.find((name) => name === header.column.id);
                const sorted = column === sort ? dir : undefined;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-column={header.column.id}
                    aria-sort={sorted && (sorted === 'asc' ? 'ascending' : 'descending')}
                  >
                    {column ? (
                      <SortButton sorted={sorted} onClick={() => onSort(column)}>
                        <table.FlexRender header={header} />
                      </SortButton>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} data-column={cell.column.id}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
