'use client';

import Link from 'next/link';
import type { RefObject } from 'react';
import { type ListOrder, nextOrder } from './list-order.ts';
import type { ListSpec } from './list-spec.ts';
import classes from './list-table.module.css';
import { SortButton } from './sort-button.tsx';

export type ListTableProps<Row> = {
  spec: ListSpec<Row>;
  rows: readonly Row[];
  order: ListOrder;
  onOrder: (order: ListOrder) => void;
  /** The rows are of the page before, while the next one loads. */
  stale: boolean;
  tableRef: RefObject<HTMLTableElement | null>;
};

/** One page of a list; each row leads to what it is of, by the link in its first column. */
export function ListTable<Row>({
  spec,
  rows,
  order,
  onOrder,
  stale,
  tableRef,
}: ListTableProps<Row>) {
  const { columns, title, toHref, toKey } = spec;
  return (
    <div className={classes.scroll} data-stale={stale || undefined}>
      <table ref={tableRef} className={classes.table} aria-label={title} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map(({ id, header, firstSort, align }) => {
              const sorted = firstSort && id === order.sort ? order.dir : undefined;
              return (
                <th
                  key={id}
                  scope="col"
                  data-align={align}
                  aria-sort={sorted && (sorted === 'asc' ? 'ascending' : 'descending')}
                >
                  {firstSort ? (
                    <SortButton
                      sorted={sorted}
                      onClick={() => onOrder(nextOrder(order, id, firstSort))}
                    >
                      {header}
                    </SortButton>
                  ) : (
                    header
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={toKey(row)}>
              {columns.map(
                ({ id, header, toText, cell = toText, align, small = 'below' }, index) => (
                  <td
                    key={id}
                    data-align={align}
                    data-small={index === 0 ? 'main' : small}
                    data-header={header}
                  >
                    {index === 0 ? (
                      <Link
                        href={toHref(row)}
                        prefetch={false}
                        className={classes.link}
                        data-row-link
                      >
                        {cell?.(row)}
                      </Link>
                    ) : (
                      cell?.(row)
                    )}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
