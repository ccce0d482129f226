import type { Frame } from '#lib/contracts/queries.ts';

/** Where the time machine stands, and what is known of that place. */
export type Standing = {
  readonly position: number;
  readonly version: number;
  /** The newest frame that is there; of the position itself when `current`. */
  readonly frame: Frame | undefined;
  readonly current: boolean;
  /** Where the state cannot be known. */
  readonly isBehindWall: boolean;
};

/** The time of the event at the position, from its frame; undefined until that has come. */
export function readTime({ frame, current }: Standing): string | undefined {
  return current ? frame?.event?.timestamp : undefined;
}
