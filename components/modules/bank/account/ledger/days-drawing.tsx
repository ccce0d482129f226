'use client';

import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import type { AccountSummary } from '#lib/modules/bank/queries.ts';
import classes from './charts.module.css';

export type DayPoint = AccountSummary['days'][number] & { readonly value: number };

export type DaysDrawingProps = {
  data: readonly DayPoint[];
  money: (amount: string) => string;
};

/** The line of the closing balances. */
export function DaysDrawing({ data, money }: DaysDrawingProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 72 }}>
      <AreaChart
        data={[...data]}
        margin={{ top: 4, right: 0, bottom: 2, left: 0 }}
        accessibilityLayer={false}
      >
        <YAxis hide domain={['dataMin', 'dataMax']} />
        <ReferenceLine y={0} stroke="var(--ph-bad-dot)" strokeDasharray="3 3" />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ph-neutral-dot)' }}
          content={({ active, payload }) => {
            const point: DayPoint | undefined = payload?.[0]?.payload;
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
  );
}
