'use client';

import { memo, type PointerEvent } from 'react';
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatMoney } from '#lib/money.ts';
import { balanceRange, type CurvePoint } from './curve.ts';
import { readStanding, type Standing } from './readout.tsx';
import classes from './time-machine.module.css';

export type BalanceCurveProps = Standing & {
  /** The reader picked a place on the curve. */
  onPick: (sequence: number) => void;
  /** The reader points at a place, and may pick it next. */
  onPointAt: (sequence: number) => void;
};

/** The balance over all sequences, with a marker at the position; pressing it goes there. */
export function BalanceCurve({ onPick, onPointAt, ...standing }: BalanceCurveProps) {
  const { position, version, points, currency } = standing;
  const [low, high] = balanceRange(points);
  const { balance = '0' } = readStanding(standing);
  const height = ((Number(balance) - low) / (high - low)) * 100;
  const toMoney = (value: number) => formatMoney({ amount: BigInt(value), currency });

  function onPointer(event: PointerEvent<HTMLDivElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 1);
    const sequence = Math.round(share * version);
    if (event.buttons === 1) {
      onPick(sequence);
    } else {
      onPointAt(sequence);
    }
  }

  return (
    <div className={classes.curve} aria-hidden>
      {points.length > 0 ? (
        <>
          <span className={classes.high}>{toMoney(high)}</span>
          {low < 0 ? <span className={classes.low}>{toMoney(low)}</span> : null}
        </>
      ) : null}
      <div
        className={classes.plot}
        data-testid="balance-curve"
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <Plot points={points} version={version} low={low} high={high} />
        <span className={classes.marker} style={{ left: `${(position / version) * 100}%` }}>
          <span className={classes.dot} style={{ bottom: `${clampPercent(height)}%` }} />
        </span>
      </div>
    </div>
  );
}

type PlotProps = { points: readonly CurvePoint[]; version: number; low: number; high: number };

/** Drawn once per curve: the marker moves over it. */
const Plot = memo(function Plot({ points, version, low, high }: PlotProps) {
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

function clampPercent(value: number): number {
  return Math.min(Math.max(value, 0), 100);
}
