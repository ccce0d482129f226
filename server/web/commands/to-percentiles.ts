import type { Visibility } from '#lib/contracts/queries.ts';

/** The middle one of these, and the one that one in twenty exceeds; null where there is none. Pure. */
export function toPercentiles(milliseconds: readonly number[]): Visibility['measured'] {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return sorted.length === 0 ? null : { commands: sorted.length, p50: at(0.5), p95: at(0.95) };
}
