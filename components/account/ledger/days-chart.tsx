'use client';

import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import type { AccountSummary } from '#lib/contracts/queries.ts';
import { formatMoney } from '#lib/money.ts';
import classes from './charts.module.css';

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
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 300, height: 72 }}
        >
          <AreaChart
            data={data}
            margin={{ top: 4, right: 0, bottom: 2, left: 0 }}
            accessibilityLayer={false}
          >
            <YAxis hide domain={['dataMin', 'dataMax']} />
            <ReferenceLine y={0} stroke="var(--ph-bad-dot)" strokeDasharray="3 3" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--ph-neutral-dot)' }}
              content={({ active, payload }) => {
                const point: (typeof data)[number] | undefined = payload?.[0]?.payload;
                return active && point ? (
                  <div className={classes.tooltip}>
                    <b>{money(point.closing)}</b> on {point.day}
                  </div>
                ) : null;
              }}
            />
            <Area
              dataKey="value"
              type="stepAfter"
              stroke="var(--ph-chart-1)"
              strokeWidth={1.6}
              fill="var(--ph-chart-1)"
              fillOpacity={0.12}
              baseValue="dataMin"
              dot={data.length === 1}
              isAnimationActive={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
