import type { LagHistory } from '#lib/contracts/queries.ts';

type Point = LagHistory['points'][number];

/** A minute's samples. */
export type LagMinute = NonNullable<Point['measured']> & { readonly minute: Date };

type Steps = { readonly from: number; readonly to: number; readonly stepMs: number };

/**
 * Minutes, oldest first, as steps of equal length from `from` up to `to` (milliseconds since 1970); a
 * step without a minute has nothing measured. Pure.
 */
export function toLagSteps(minutes: readonly LagMinute[], { from, to, stepMs }: Steps): Point[] {
  const measured = new Map<number, NonNullable<Point['measured']>>();
  for (const { minute, maxEvents, maxSeconds, lastEvents, lastSeconds } of minutes) {
    const step = Math.floor((minute.getTime() - from) / stepMs);
    const before = measured.get(step);
    measured.set(step, {
      maxEvents: Math.max(maxEvents, before?.maxEvents ?? 0),
      maxSeconds: Math.max(maxSeconds, before?.maxSeconds ?? 0),
      lastEvents,
      lastSeconds,
    });
  }
  return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, step) => ({
    at: new Date(from + step * stepMs).toISOString(),
    measured: measured.get(step) ?? null,
  }));
}
