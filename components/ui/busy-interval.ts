import { ApiError } from './api-client.ts';

/** At most so many times the pause that the server asked for. */
const LONGEST = 8;

/** What of react-query's query it depends on. */
type AskedQuery = {
  readonly state: {
    readonly data: unknown;
    readonly error: unknown;
    readonly errorUpdateCount: number;
    readonly errorUpdatedAt: number;
  };
};

/**
 * After how many milliseconds a question is asked again that a busy server refused (429, with
 * Retry-After): twice as long each time, and not for all tabs at one moment. False when nothing was
 * refused, or an earlier answer is shown.
 */
export function toBusyInterval({ state }: AskedQuery): number | false {
  const { data, error, errorUpdateCount, errorUpdatedAt } = state;
  if (data !== undefined || !(error instanceof ApiError) || error.retryAfterMs === null) {
    return false;
  }
  const times = Math.min(LONGEST, 2 ** Math.max(0, errorUpdateCount - 1));
  // Steady between two answers: another figure would begin the pause anew.
  const spread = 1 + (errorUpdatedAt % 1_000) / 2_000;
  return Math.round(error.retryAfterMs * times * spread);
}
