'use client';

import dynamic from 'next/dynamic';
import type { PointerEvent } from 'react';
import type { CurveProps } from '#components/console/aggregate/time-machine/time-machine-parts.ts';
import { formatMoney } from '#lib/money.ts';
import classes from './balance-curve.module.css';
import { balanceRange, type CurvePoint } from './curve.ts';
import { readBalance } from './read-balance.ts';

/** What draws is loaded after the page was painted. */
const BalancePlot = dynamic(
  () => import('./balance-plot.tsx').then((module) => module.BalancePlot),
  { ssr: false },
);

export type BalanceCurveProps = CurveProps & {
  points: readonly CurvePoint[];
  currency: string;
};

/** The balance over all sequences, with a marker at the position; pressing it goes there. */
export function BalanceCurve(props: BalanceCurveProps) {
  const { standing, points, currency, onPick, onPointAt } = props;
  const { position, version } = standing;
  const [low, high] = balanceRange(points);
  const balance = readBalance(standing, points) ?? '0';
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
        <BalancePlot points={points} version={version} low={low} high={high} />
        <span className={classes.marker} style={{ left: `${(position / version) * 100}%` }}>
          <span className={classes.dot} style={{ bottom: `${clampPercent(height)}%` }} />
        </span>
      </div>
    </div>
  );
}

function clampPercent(value: number): number {
  return Math.min(Math.max(value, 0), 100);
}
