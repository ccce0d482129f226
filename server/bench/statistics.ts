/** The middle of several rounds' figures, and how far they lie apart. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** Median, least and greatest of figures, of which there is one at least. */
export function toSpread(figures: readonly number[]): Spread {
  return {
    median: percentile(figures, 0.5),
    min: Math.min(...figures),
    max: Math.max(...figures),
  };
}

/** The figure that `share` (0 to 1) of all figures do not exceed: the nearest rank. NaN of none. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
