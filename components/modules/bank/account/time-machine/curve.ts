import type { Curve } from '#lib/modules/bank/queries.ts';

export type CurvePoint = Curve['points'][number];

/** The curve's last point at or before `sequence`; undefined before the first one. */
export function pointAt(points: readonly CurvePoint[], sequence: number): CurvePoint | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const point = points[middle];
    if (point !== undefined && point.sequence <= sequence) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return points[low - 1];
}

/**
 * Lowest and highest balance for a chart, zero included so that an overdraft is seen as one.
 * Minor units as numbers: for pixels only, never for a figure.
 */
export function balanceRange(points: readonly CurvePoint[]): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const { balance } of points) {
    const value = Number(balance);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low === high ? [low, high + 1] : [low, high];
}
