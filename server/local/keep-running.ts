import type { Report } from '#server/runtime/platform/report.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import type { ChildExit } from './child.ts';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** A process that ran for this long had started well: the next restart waits as the first did. */
const STABLE_AFTER_MS = 60_000;

/** Something that runs, and can be stopped. */
export type Running = {
  readonly exited: Promise<ChildExit>;
  readonly stop: () => Promise<unknown>;
};

/** How long to wait before a restart: 1 s, 2 s, 4 s … 30 s; 1 s again after a minute of life. */
export function restartDelayMs(previousDelayMs: number | undefined, livedMs: number): number {
  return previousDelayMs === undefined || livedMs >= STABLE_AFTER_MS
    ? FIRST_DELAY_MS
    : Math.min(previousDelayMs * 2, LONGEST_DELAY_MS);
}

type Requested<Process> = {
  readonly resolve: (process: Process) => void;
  readonly reject: (error: unknown) => void;
};

export type KeptRunning<Process> = {
  /**
   * Ends what runs, by force where it does not end when it is asked to, and starts another at once. Throws
   * what kept it from starting; it is tried again then as after a death. One call at a time.
   */
  readonly restart: () => Promise<Process>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts `current` again whenever it ends by itself, and reports it, until `stop` is called; `stop`
 * ends what runs then.
 */
export function keepRunning<Process extends Running>(
  title: string,
  first: Process,
  start: () => Promise<Process>,
  report: Report,
): KeptRunning<Process> {
  const stopping = new AbortController();
  const pause = createWakeSignal();
  let current: Process | undefined = first;
  let requested: Requested<Process> | undefined;

  async function watch(): Promise<void> {
    let startedAt = performance.now();
    let delayMs: number | undefined;
    while (!stopping.signal.aborted) {
      const exit = await current?.exited;
      if (stopping.signal.aborted) {
        return;
      }
      current = undefined;
      if (requested === undefined) {
        delayMs = restartDelayMs(delayMs, performance.now() - startedAt);
        const how = exit === undefined ? 'did not start' : `ended unexpectedly (${toWords(exit)})`;
        report(`${title} ${how}. Starting it again in ${delayMs / 1_000} s.`);
        await pause.sleep(delayMs);
      }
      if (stopping.signal.aborted) {
        return;
      }
      if (requested !== undefined) {
        delayMs = undefined;
      }
      startedAt = performance.now();
      try {
        current = await start();
        report(`${title} is running again.`);
        requested?.resolve(current);
      } catch (error) {
        const { code, message } = toKnownError(error);
        report(`${code}: ${message}`);
        requested?.reject(error);
      }
      requested = undefined;
    }
  }

  const watching = watch();
  return {
    restart: async () => {
      const restarted = new Promise<Process>((resolve, reject) => {
        requested = { resolve, reject };
      });
      report(`${title} is being restarted, as an operator asked.`);
      if (current === undefined) {
        pause.wake();
      }
      const [process] = await Promise.all([restarted, current?.stop()]);
      return process;
    },
    stop: async () => {
      stopping.abort();
      pause.wake();
      await current?.stop();
      await watching;
      // It may just have been starting.
      await current?.stop();
    },
  };
}

function toWords({ code, signal }: ChildExit): string {
  return signal === null ? `exit code ${code}` : signal;
}
