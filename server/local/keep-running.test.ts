import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChildExit } from './child.ts';
import { keepRunning, type Running, restartDelayMs } from './keep-running.ts';

describe('restartDelayMs', () => {
  it('doubles from one second to thirty', () => {
    const delays = [];
    let delay: number | undefined;
    for (let death = 0; death < 7; death += 1) {
      delay = restartDelayMs(delay, 100);
      delays.push(delay / 1_000);
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('begins anew after a minute of life', () => {
    expect(restartDelayMs(30_000, 59_999)).toBe(30_000);
    expect(restartDelayMs(30_000, 60_000)).toBe(1_000);
  });
});

describe('keepRunning', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts again what ended, also when a start fails, and says so', async () => {
    const lines: string[] = [];
    const runs = [createRun(), createRun()];
    const start = vi
      .fn<() => Promise<Running>>()
      .mockRejectedValueOnce(new Error('No memory'))
      .mockImplementation(async () => runs[1] ?? createRun());
    const kept = keepRunning('The worker', runs[0] ?? createRun(), start, (line) =>
      lines.push(line),
    );
    runs[0]?.end({ code: 1, signal: null });
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(lines).toEqual([
      'The worker ended unexpectedly (exit code 1). Starting it again in 1 s.',
      'UNEXPECTED: No memory',
      'The worker did not start. Starting it again in 2 s.',
      'The worker is running again.',
    ]);
    await kept.stop();
    expect(runs[1]?.stop).toHaveBeenCalled();
  });

  it('starts nothing after it was stopped, not even what was due', async () => {
    const start = vi.fn<() => Promise<Running>>();
    const run = createRun();
    const kept = keepRunning('The worker', run, start, () => {});
    run.end({ code: null, signal: 'SIGKILL' });
    await vi.advanceTimersByTimeAsync(500);
    await kept.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(start).not.toHaveBeenCalled();
  });

  it('keeps no listener of a wait that is over', async () => {
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const first = createRun();
    const start = vi.fn<() => Promise<Running>>().mockRejectedValue(new Error('No room'));
    const kept = keepRunning('The worker', first, start, () => {});
    first.end({ code: 1, signal: null });
    await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000);
    expect(start).toHaveBeenCalledTimes(3);
    await kept.stop();
    expect(added.mock.calls.length).toBeGreaterThan(3);
    // Others in this process have signals of their own.
    const signals = new Set(added.mock.contexts);
    const removals = removed.mock.contexts.filter((signal) => signals.has(signal));
    expect(removals.length).toBe(added.mock.calls.length);
  });
});

function createRun() {
  let end: (exit: ChildExit) => void = () => {};
  const exited = new Promise<ChildExit>((resolve) => {
    end = resolve;
  });
  const stop = vi.fn(async () => end({ code: 0, signal: null }));
  return { exited, stop, end };
}
