'use client';

import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock } from '#lib/time-format.ts';
import { usePreferences } from './preferences.tsx';
import classes from './time-area-chart.module.css';

export type TimePoint = {
  readonly at: number;
  /** Null where nothing is known, which leaves a gap. */
  readonly value: number | null;
  /** More of it than the value, for who points at it. */
  readonly note?: string;
};

export type TimeAreaDrawingProps = {
  points: readonly TimePoint[];
  /** Milliseconds since 1970 at the left and right edge. */
  from: number;
  to: number;
  /** A value in words: "12 events", "0.4 s". */
  toText: (value: number) => string;
  /** The least that the vertical axis reaches to, so that noise near zero stays small. */
  minTop: number;
  height: number;
  /** A value that is not to be reached, drawn as a line; none without one. */
  limit?: number | null;
  color?: string;
};

/** The axes, the line and what is below it. */
export function TimeAreaDrawing({
  points,
  from,
  to,
  toText,
  minTop,
  height,
  limit = null,
  color = 'var(--ph-chart-1)',
}: TimeAreaDrawingProps) {
  const { timeZone } = usePreferences();
  const toClock = (at: number) => formatClock(at, timeZone);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height }}>
      <AreaChart
        data={[...points]}
        margin={{ top: 6, right: 24, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--ph-border)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          allowDataOverflow
          tickFormatter={toClock}
          tickCount={4}
          minTickGap={48}
          tickLine={false}
          axisLine={false}
          height={20}
        />
        <YAxis
          width={44}
          domain={[0, (top: number) => toNiceTop(Math.max(top, minTop))]}
          tickFormatter={toText}
          tickCount={3}
          tickLine={false}
          axisLine={false}
        />
        {limit === null ? null : (
          <ReferenceLine y={limit} stroke="var(--ph-bad-dot)" strokeDasharray="4 3" />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ph-neutral-dot)' }}
          content={({ active, payload, label: at }) => {
            const value = payload?.[0]?.value;
            const note = points.find((point) => point.at === at)?.note;
            return active && typeof value === 'number' && typeof at === 'number' ? (
              <div className={classes.tooltip}>
                <b>{toText(value)}</b> at {toClock(at)}
                {note === undefined ? null : <div>{note}</div>}
              </div>
            ) : null;
          }}
        />
        <Area
          dataKey="value"
          type="monotone"
          stroke={color}
          strokeWidth={1.8}
          fill={color}
          fillOpacity={0.14}
          dot={({ cx, cy, index, key }) =>
            isAlone(points, index ?? 0) ? (
              <circle key={key} cx={cx} cy={cy} r={1.8} fill={color} />
            ) : (
              <g key={key} />
            )
          }
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

/** Whether a point stands between two gaps, where a line would not show it. */
function isAlone(points: readonly TimePoint[], index: number): boolean {
  const isGap = (at: number) => (points[at]?.value ?? null) === null;
  return !isGap(index) && isGap(index - 1) && isGap(index + 1);
}

/** The next figure with a round half, so that the axis reads well: 188 becomes 200. */
function toNiceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (NICE.find((step) => step * power >= value) ?? 10) * power;
}

const NICE = [1, 2, 4, 6, 8, 10];
