import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '#server/local/keep-running.ts';

/** A process of the stage, which faults end, and which is started again each time. */
export type Part = {
  readonly name: string;
  /** Undefined while it is gone. */
  readonly pid: () => number | undefined;
  /** Ends it by a signal, and starts it again `pauseMs` after it has ended. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM', pauseMs: number) => Promise<void>;
  /** Stops it for so long in the middle of whatever it does; answers its process id. */
  readonly freeze: (forMs: number, beforeWaking: () => Promise<void>) => Promise<void>;
  /** While `work` goes on the part may end by itself, and fail to start, without blame. */
  readonly excuse: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when what was begun with it is over. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What goes wrong with a part without having been done to it. */
export type OnTrouble = (sentence: string) => void;

type Process = Running & { readonly pid: number };

const RETRY_MS = 500;
const MAX_STARTS = 20;

/**
 * Starts a part. What is done to it is done in turn. When it ends by itself, `onTrouble` hears of it,
 * and it is started again. A start that fails is repeated, some times: after a kill an engine may
 * find traces of the one before.
 */
export async function startPart(
  name: string,
  start: () => Promise<Process>,
  onTrouble: OnTrouble,
): Promise<Part> {
  const stopping = new AbortController();
  let current: Process | undefined;
  let turn: Promise<void> = Promise.resolve();
  let isExcused = false;

  const inTurn = (work: () => Promise<void>) => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  async function startAgain(): Promise<void> {
    for (
      let count = 1;
      current === undefined && !stopping.signal.aborted;
      count = isExcused ? 1 : count + 1
    ) {
      try {
        const started = await start();
        current = started;
        void started.exited.then(({ code, signal }) => {
          if (current === started && !stopping.signal.aborted) {
            current = undefined;
            if (!isExcused) {
              onTrouble(`${name} ended by itself (${signal ?? `exit code ${code}`}).`);
            }
            void inTurn(startAgain).catch(() => {});
          }
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (count === MAX_STARTS) {
          onTrouble(`${name} does not start: ${reason}`);
          throw error;
        }
        await sleep(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  await startAgain();
  return {
    name,
    pid: () => current?.pid,
    end: (signal, pauseMs) =>
      inTurn(async () => {
        const ended = current;
        current = undefined;
        if (ended !== undefined) {
          process.kill(ended.pid, signal);
          await ended.exited;
        }
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
        await startAgain();
      }),
    freeze: (forMs, beforeWaking) =>
      inTurn(async () => {
        const pid = current?.pid;
        if (pid === undefined) {
          return;
        }
        process.kill(pid, 'SIGSTOP');
        await sleep(forMs, undefined, { signal: stopping.signal }).catch(() => {});
        await beforeWaking();
        process.kill(pid, 'SIGCONT');
      }),
    excuse: async (work) => {
      isExcused = true;
      try {
        await work();
      } finally {
        isExcused = false;
      }
    },
    idle: () => turn,
    stop: async () => {
      stopping.abort();
      await turn;
      await current?.stop();
    },
  };
}
