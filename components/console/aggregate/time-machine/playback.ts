/** Events a second. */
export const SPEEDS = [1, 5, 20, 100] as const;
export type Speed = (typeof SPEEDS)[number];

/** Where playing stands: `carry` is the part of a step that is not due yet. */
export type Playback = { readonly sequence: number; readonly carry: number };

/** Moves on by `milliseconds` at `speed`, up to `version`. */
export function advance(
  playback: Playback,
  { milliseconds, speed, version }: { milliseconds: number; speed: Speed; version: number },
): Playback {
  const due = playback.carry + (milliseconds / 1000) * speed;
  const steps = Math.floor(due);
  return { sequence: Math.min(version, playback.sequence + steps), carry: due - steps };
}
