import pLimit from 'p-limit';
import { createKeyedQueue } from '#server/runtime/commands/keyed-queue.ts';

export type Lanes = {
  /**
   * Queues a task behind the earlier ones of its key; resolves once there is room for another.
   * Throws what a task threw, once one has.
   */
  readonly push: (key: string, task: () => Promise<void>) => Promise<void>;
  /** Resolves when every task is done; throws what a task threw. */
  readonly flush: () => Promise<void>;
};

/**
 * Runs tasks in order within a key and side by side between keys: `width` at once, with at most
 * `backlog` queued or running, so that whoever reads a long file waits instead of filling the
 * memory. After a task has thrown, no other begins.
 */
export function createLanes({ width, backlog }: { width: number; backlog: number }): Lanes {
  const inTurn = createKeyedQueue();
  const limit = pLimit(width);
  let unfinished = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};

  async function run(task: () => Promise<void>): Promise<void> {
    try {
      if (failure === undefined) {
        await task();
      }
    } catch (error) {
      failure ??= { error };
    }
  }

  async function until(isReached: () => boolean): Promise<void> {
    while (!isReached()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== undefined) {
      throw failure.error;
    }
  }

  return {
    push: async (key, task) => {
      unfinished += 1;
      void inTurn([key], () => limit(() => run(task))).then(() => {
        unfinished -= 1;
        wake();
      });
      await until(() => unfinished < backlog);
    },
    flush: () => until(() => unfinished === 0),
  };
}
