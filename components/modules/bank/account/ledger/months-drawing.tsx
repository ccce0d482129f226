'use client';

import { Bar, BarChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { AccountSummary } from '#lib/modules/bank/queries.ts';
import classes from './charts.module.css';

export type MonthPoint = AccountSummary['months'][number] & {
  readonly up: number;
  readonly down: number;
};

export type MonthsDrawingProps = {
  data: readonly MonthPoint[];
  money: (amount: string) => string;
};

/** The bars of what came in and what went out. */
export function MonthsDrawing({ data, money }: MonthsDrawingProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 120 }}>
      <BarChart
        data={[...data]}
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
            const point: MonthPoint | undefined = payload?.[0]?.payload;
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
  );
}
