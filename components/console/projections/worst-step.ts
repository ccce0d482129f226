import type { LagHistory } from '#lib/contracts/queries.ts';

/**
 * The most that was measured in a history, and in how many of its steps nothing was; null when nothing
 * was at all. Pure.
 */
export function toWorst({ points }: LagHistory): {
  readonly seconds: number;
  readonly events: number;
  readonly gaps: number;
} | null {
  const measured = points.flatMap((point) => point.measured ?? []);
  return measured.length === 0
    ? null
    : {
        seconds: Math.max(...measured.map(({ maxSeconds }) => maxSeconds)),
        events: Math.max(...measured.map(({ maxEvents }) => maxEvents)),
        gaps: points.length - measured.length,
      };
}
