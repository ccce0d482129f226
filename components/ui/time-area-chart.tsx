'use client';

import dynamic from 'next/dynamic';
import classes from './time-area-chart.module.css';
import type { TimeAreaDrawingProps } from './time-area-drawing.tsx';

export type TimeAreaChartProps = TimeAreaDrawingProps & {
  /** What is drawn, in a sentence with the newest figure, for those who cannot see it. */
  label: string;
};

/** What draws is loaded after the page was painted: it is a third of all script. */
const TimeAreaDrawing = dynamic(
  () => import('./time-area-drawing.tsx').then((module) => module.TimeAreaDrawing),
  { ssr: false },
);

/** A quantity over time. It never animates: the next point comes soon. */
export function TimeAreaChart({ label, height, ...drawing }: TimeAreaChartProps) {
  return (
    <div role="img" aria-label={label} className={classes.chart} style={{ height }}>
      <div aria-hidden className={classes.drawing}>
        <TimeAreaDrawing {...drawing} height={height} />
      </div>
    </div>
  );
}
