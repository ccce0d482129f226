import {
  LISTENING_CHANNEL,
  type NotificationSource,
  PROJECTION_CHANNEL,
} from '#server/runtime/platform/notifications.ts';
import { type ProjectionMove, parseProjectionMove } from './projection-moves.ts';

/** When projections passed positions of the journal, as far as this process heard of it. */
export type MoveTimes = {
  /**
   * When the projection's move past `position` was heard, in epoch milliseconds by this process's clock;
   * undefined where it was not heard, or another one before it may have been missed.
   */
  readonly passedAt: (projection: string, position: number) => number | undefined;
  readonly stop: () => void;
};

type Move = { readonly position: number; readonly at: number };

/** So many moves of each projection are remembered. */
const REMEMBERED = 2_000;

type TimesDeps = {
  readonly notifications: NotificationSource;
  /** Where the projections are now. */
  readonly readPositions: () => Promise<readonly ProjectionMove[]>;
  readonly now?: () => number;
};

/**
 * Remembers the last moves of each projection. What was sent while the process did not listen is lost, so
 * that a move after a silence may be later than the one that is asked for: everything is forgotten then,
 * and begins with where the projections are once it listens. A time is told only of a position that the
 * projection was known to be before.
 */
export function createMoveTimes(deps: TimesDeps): MoveTimes {
  const { notifications, readPositions, now = Date.now } = deps;
  const heard = new Map<string, Move[]>();
  let silences = 0;

  async function begin() {
    silences += 1;
    heard.clear();
    const before = silences;
    const positions = await readPositions().catch(() => []);
    for (const { name, position } of before === silences ? positions : []) {
      const moves = heard.get(name) ?? [];
      const [first] = moves;
      if (first === undefined || position < first.position) {
        heard.set(name, [{ position, at: Number.NaN }, ...moves]);
      }
    }
  }

  const stop = notifications.subscribe(({ channel, payload }) => {
    if (channel === LISTENING_CHANNEL) {
      void begin();
      return;
    }
    const move = channel === PROJECTION_CHANNEL ? parseProjectionMove(payload) : undefined;
    if (move !== undefined) {
      remember(heard, move.name, { position: move.position, at: now() });
    }
  });
  return {
    passedAt: (projection, position) => {
      const moves = heard.get(projection) ?? [];
      const [first] = moves;
      if (first === undefined || first.position >= position) {
        return undefined;
      }
      return moves[firstAtOrAfter(moves, position)]?.at;
    },
    stop,
  };
}

function remember(heard: Map<string, Move[]>, name: string, move: Move): void {
  const moves = heard.get(name);
  const last = moves?.at(-1);
  // A projection that went back was rebuilt or rolled back: what was heard of it says nothing any more.
  if (moves === undefined || (last !== undefined && move.position < last.position)) {
    heard.set(name, [move]);
  } else if (last === undefined || move.position > last.position) {
    moves.push(move);
    if (moves.length > 2 * REMEMBERED) {
      moves.splice(0, moves.length - REMEMBERED);
    }
  }
}

/** Positions grow. */
function firstAtOrAfter(moves: readonly Move[], position: number): number {
  let [low, high] = [0, moves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moves[middle]?.position ?? 0) < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
