'use client';

import { TimeAreaChart } from '#components/ui/time-area-chart.tsx';
import type { LagHistory } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';

export type LagHistoryChartProps = {
  history: LagHistory;
  /** Drawn as a line; null where it is not known. */
  thresholdSeconds: number | null;
  label: string;
  height: number;
};

/** The most seconds behind of each step, with gaps where nothing was measured. */
export function LagHistoryChart({
  history,
  thresholdSeconds,
  label,
  height,
}: LagHistoryChartProps) {
  const points = history.points.map(({ at, measured }) => ({
    at: Date.parse(at),
    value: measured?.maxSeconds ?? null,
    ...(measured && {
      note: `at most, with ${countOf(measured.maxEvents, 'event')}; ${formatSpan(measured.lastSeconds)} and ${countOf(measured.lastEvents, 'event')} at its end`,
    }),
  }));
  return (
    <TimeAreaChart
      points={points}
      label={label}
      from={points[0]?.at ?? 0}
      to={points.at(-1)?.at ?? 0}
      toText={formatSpan}
      minTop={Math.max(2, thresholdSeconds ?? 0)}
      limit={thresholdSeconds}
      height={height}
    />
  );
}
