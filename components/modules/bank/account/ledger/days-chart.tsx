'use client';

import dynamic from 'next/dynamic';
import type { AccountSummary } from '#lib/modules/bank/queries.ts';
import { formatMoney } from '#lib/money.ts';
import classes from './charts.module.css';

/** What draws is loaded after the page was painted. */
const DaysDrawing = dynamic(
  () => import('./days-drawing.tsx').then((module) => module.DaysDrawing),
  { ssr: false },
);

export type DaysChartProps = {
  days: AccountSummary['days'];
  currency: string;
};

/** The balance at the end of each day on which money moved. */
export function DaysChart({ days, currency }: DaysChartProps) {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) {
    return null;
  }
  const money = (amount: string) => formatMoney({ amount: BigInt(amount), currency });
  // Minor units as numbers: for pixels only.
  const data = days.map(({ day, closing }) => ({ day, closing, value: Number(closing) }));
  const span = first.day === last.day ? `on ${last.day}` : `from ${first.day} to ${last.day}`;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>Balance at the end of the day</figcaption>
      <div
        role="img"
        aria-label={`Balance at the end of the day ${span}; at last ${money(last.closing)}.`}
        className={classes.chart}
        style={{ height: 72 }}
      >
        <DaysDrawing data={data} money={money} />
      </div>
    </figure>
  );
}
