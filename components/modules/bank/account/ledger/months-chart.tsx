'use client';

import { VisuallyHidden } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { AccountSummary } from '#lib/modules/bank/queries.ts';
import { formatMoney } from '#lib/money.ts';
import classes from './charts.module.css';

/** What draws is loaded after the page was painted. */
const MonthsDrawing = dynamic(
  () => import('./months-drawing.tsx').then((module) => module.MonthsDrawing),
  { ssr: false },
);

export type MonthsChartProps = {
  months: AccountSummary['months'];
  currency: string;
};

/** So many months are drawn, the newest ones. */
const MOST_MONTHS = 24;

/** What came in and what went out, month by month. */
export function MonthsChart({ months, currency }: MonthsChartProps) {
  if (months.length === 0) {
    return null;
  }
  const money = (amount: string) => formatMoney({ amount: BigInt(amount), currency });
  // Minor units as numbers: for pixels only.
  const data = months
    .slice(-MOST_MONTHS)
    .map((month) => ({ ...month, up: Number(month.in), down: -Number(month.out) }));
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        Monthly flow
        <span className={classes.legend}>
          <span className={classes.in}>in</span>
          <span className={classes.out}>out</span>
        </span>
      </figcaption>
      <div aria-hidden className={classes.chart} style={{ height: 120 }}>
        <MonthsDrawing data={data} money={money} />
      </div>
      <VisuallyHidden>
        <table>
          <caption>Monthly flow</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">In</th>
              <th scope="col">Out</th>
            </tr>
          </thead>
          <tbody>
            {data.map((month) => (
              <tr key={month.month}>
                <th scope="row">{month.month}</th>
                <td>{money(month.in)}</td>
                <td>{money(month.out)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
