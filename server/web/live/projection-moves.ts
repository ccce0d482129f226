import { z } from 'zod';
import { createThrottle, type Throttle } from './throttle.ts';

/** Where a projection has come to. */
export type ProjectionMove = { readonly name: string; readonly position: number };

const moveSchema = z.object({ name: z.string(), position: z.number() });

/** A projection's notification; undefined when it is not one. */
export function parseProjectionMove(payload: string): ProjectionMove | undefined {
  try {
    return moveSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/** Where the projections are, as far as it was told. */
export type ProjectionMoves = {
  readonly tell: (move: ProjectionMove) => void;
  /** The newest position of each. */
  readonly getAll: () => ProjectionMove[];
  /** Grows with every `tell`: tells whether something read meanwhile may be old. */
  readonly getCount: () => number;
  readonly stop: () => void;
};

/**
 * Coalesces moves per projection on their way to `send`: the first at once, then the newest of each
 * interval, and none that says again what was sent last.
 */
export function createProjectionMoves(
  intervalMs: number,
  send: (move: ProjectionMove) => void,
): ProjectionMoves {
  const known = new Map<string, { newest: number; throttle: Throttle }>();
  let count = 0;

  function introduce(name: string, position: number) {
    let sent: number | undefined;
    const throttle = createThrottle(intervalMs, () => {
      if (projection.newest !== sent) {
        sent = projection.newest;
        send({ name, position: sent });
      }
    });
    const projection = { newest: position, throttle };
    known.set(name, projection);
    return projection;
  }

  return {
    tell: ({ name, position }) => {
      count += 1;
      const projection = known.get(name) ?? introduce(name, position);
      projection.newest = position;
      projection.throttle.trigger();
    },
    getAll: () => [...known].map(([name, { newest }]) => ({ name, position: newest })),
    getCount: () => count,
    stop: () => {
      for (const { throttle } of known.values()) {
        throttle.stop();
      }
    },
  };
}
