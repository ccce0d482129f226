/**
 * How long to wait before the attempt after `attempt` (1, 2, 3 …), in milliseconds: exponential
 * from `baseMs` up to `capMs`, with full jitter, so that those who failed together do not return
 * together.
 */
export function backoffMs(attempt: number, { baseMs = 20, capMs = 1_000 } = {}): number {
  return Math.random() * Math.min(capMs, baseMs * 2 ** (attempt - 1));
}
