import type { Report } from '#server/runtime/platform/report.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
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

/**
 * Starts `current` again whenever it ends by itself, and reports it, until `stop` is called; `stop`
 * ends what runs then.
 */
export function keepRunning(
  title: string,
  first: Running,
  start: () => Promise<Running>,
  report: Report,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  let current: Running | undefined = first;

  async function watch(): Promise<void> {
    let startedAt = performance.now();
    let delayMs: number | undefined;
    while (!stopping.signal.aborted) {
      const exit = await current?.exited;
      if (stopping.signal.aborted) {
        return;
      }
      delayMs = restartDelayMs(delayMs, performance.now() - startedAt);
      const how = exit === undefined ? 'did not start' : `ended unexpectedly (${toWords(exit)})`;
      report(`${title} ${how}. Starting it again in ${delayMs / 1_000} s.`);
      current = undefined;
      await wait(delayMs, stopping.signal);
      if (stopping.signal.aborted) {
        return;
      }
      startedAt = performance.now();
      try {
        current = await start();
        report(`${title} is running again.`);
      } catch (error) {
        const { code, message } = toKnownError(error);
        report(`${code}: ${message}`);
      }
    }
  }

  const watching = watch();
  return {
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await watching;
      // It may just have been starting.
      await current?.stop();
    },
  };
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

function toWords({ code, signal }: ChildExit): string {
  return signal === null ? `exit code ${code}` : signal;
}
