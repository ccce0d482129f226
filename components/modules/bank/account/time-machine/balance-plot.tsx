'use client';

import { memo } from 'react';
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { CurvePoint } from './curve.ts';

export type BalancePlotProps = {
  points: readonly CurvePoint[];
  version: number;
  low: number;
  high: number;
};

/** Drawn once per curve: the marker moves over it. */
export const BalancePlot = memo(function BalancePlot({
  points,
  version,
  low,
  high,
}: BalancePlotProps) {
  // Minor units as numbers: for pixels only.
  const data = points.map(({ sequence, balance }) => ({ sequence, value: Number(balance) }));
  const last = data.at(-1);
  if (last && last.sequence < version) {
    data.push({ ...last, sequence: version });
  }
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 140 }}>
      <AreaChart
        data={data}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis dataKey="sequence" type="number" domain={[0, version]} hide />
        <YAxis domain={[low, high]} hide />
        {low < 0 ? <ReferenceLine y={0} stroke="var(--ph-bad-dot)" strokeDasharray="3 3" /> : null}
        <Area
          dataKey="value"
          type="stepAfter"
          stroke="var(--ph-chart-1)"
          strokeWidth={1.5}
          fill="var(--ph-chart-1)"
          fillOpacity={0.12}
          baseValue={0}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
});
