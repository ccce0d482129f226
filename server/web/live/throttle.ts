/** Runs something at once when it is due, but never again within the interval. */
export type Throttle = { readonly trigger: () => void; readonly stop: () => void };

/**
 * A throttle around `run`, which must not throw: the first trigger runs it immediately, those that
 * come while it runs or within `intervalMs` of its start run it once more, after that.
 */
export function createThrottle(intervalMs: number, run: () => Promise<void> | void): Throttle {
  let state: 'idle' | 'busy' | 'due' | 'stopped' = 'idle';
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function start() {
    state = 'busy';
    const startedAt = performance.now();
    await run();
    timer = setTimeout(onReady, Math.max(0, intervalMs - (performance.now() - startedAt)));
  }

  function onReady() {
    if (state === 'due') {
      void start();
    } else if (state === 'busy') {
      state = 'idle';
    }
  }

  return {
    trigger: () => {
      if (state === 'idle') {
        void start();
      } else if (state === 'busy') {
        state = 'due';
      }
    },
    stop: () => {
      state = 'stopped';
      clearTimeout(timer);
    },
  };
}
