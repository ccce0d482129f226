/** How long one command took, in milliseconds from pressing its button. */
export type Measure = {
  /** Until the server had answered that the events are stored. */
  readonly accepted: number;
  /** Until the new balance stood on the page. */
  readonly visible: number;
};

/** The median of some milliseconds; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/**
 * "Visible in 84 ms: accepted 12 ms, projected and shown 72 ms"; of a balance that was folded from
 * the event store instead, "read from the event store and shown". The parts add up to the whole.
 */
export function describeMeasure(
  { accepted, visible }: Measure,
  source: 'read-model' | 'event-store',
): string {
  const whole = Math.round(visible);
  const first = Math.round(accepted);
  const rest =
    source === 'read-model' ? 'projected and shown' : 'read from the event store and shown';
  return `Visible in ${whole} ms: accepted ${first} ms, ${rest} ${whole - first} ms`;
}
