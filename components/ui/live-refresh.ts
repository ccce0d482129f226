/** At most one round of refetching per this long, and the longest that one round is waited for. */
const INTERVAL_MS = 400;
const TIMEOUT_MS = 5_000;

export type Refresher = {
  /** Something moved: a projection by its name, or 'journal'. */
  moved: (name: string) => void;
  /** Anything may have moved. */
  all: () => void;
  stop: () => void;
};

/**
 * Collects what moved and calls `refresh` with it: at once after a quiet time, so that a command's
 * effect is seen without a wait. After that the next round waits for the interval and, when
 * `refresh` returns a promise, for the answers of the round before: under steady traffic a slow query would else be started anew for
 * ever and never shown.
 */
export function createRefresher(
  refresh: (moved: ReadonlySet<string> | 'all') => unknown,
): Refresher {
  let names = new Set<string>();
  let everything = false;
  let running = false;
  let stopped = false;

  async function run() {
    running = true;
    while (!stopped && (everything || names.size > 0)) {
      const moved = everything ? 'all' : names;
      names = new Set();
      everything = false;
      const answered = Promise.resolve(refresh(moved)).catch(() => undefined);
      await Promise.all([delay(INTERVAL_MS), Promise.race([answered, delay(TIMEOUT_MS)])]);
    }
    running = false;
  }

  function wake() {
    if (!running) {
      void run();
    }
  }

  return {
    moved: (name) => {
      names.add(name);
      wake();
    },
    all: () => {
      everything = true;
      wake();
    },
    stop: () => {
      stopped = true;
    },
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
