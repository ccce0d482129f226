/** Since when something lasts, by a clock that nobody sets. */
export type Since = {
  /** It lasts from now on, unless it did before. */
  readonly begin: () => void;
  readonly end: () => void;
  /** The moment by the clock of now, ISO 8601: as long ago as it lasts. Null while nothing lasts. */
  readonly at: () => string | null;
};

/** `wallClock` in milliseconds since the epoch may be set back and ahead; `monotonic` may not. */
export function createSince(
  wallClock: () => number = () => Date.now(),
  monotonic: () => number = () => performance.now(),
): Since {
  let begun: number | undefined;
  return {
    begin: () => {
      begun ??= monotonic();
    },
    end: () => {
      begun = undefined;
    },
    at: () =>
      begun === undefined ? null : new Date(wallClock() - (monotonic() - begun)).toISOString(),
  };
}
