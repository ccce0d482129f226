'use client';

import { VisuallyHidden } from '@mantine/core';
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { AccountSummary } from '#lib/contracts/queries.ts';
import { formatMoney } from '#lib/money.ts';
import classes from './charts.module.css';

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
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 300, height: 120 }}
        >
          <BarChart
            data={data}
            stackOffset="sign"
            margin={{ top: 2, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <YAxis hide />
            <XAxis dataKey="month" tickLine={false} axisLine={false} height={18} minTickGap={16} />
            <ReferenceLine y={0} stroke="var(--ph-border)" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--ph-hover)' }}
              content={({ active, payload }) => {
                const point: (typeof data)[number] | undefined = payload?.[0]?.payload;
                return active && point ? (
                  <div className={classes.tooltip}>
                    <b>{point.month}</b>
                    <br />
                    in {money(point.in)}
                    <br />
                    out {money(point.out)}
                  </div>
                ) : null;
              }}
            />
            <Bar
              dataKey="up"
              stackId="flow"
              fill="var(--ph-chart-1)"
              maxBarSize={28}
              isAnimationActive={false}
            />
            <Bar
              dataKey="down"
              stackId="flow"
              fill="var(--ph-chart-3)"
              maxBarSize={28}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
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
