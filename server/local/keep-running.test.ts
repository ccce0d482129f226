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

  it('restarts what is asked for at once, also in the pause after a death', async () => {
    const runs = [createRun(), createRun(), createRun()];
    const start = vi
      .fn(async () => createRun())
      .mockImplementationOnce(async () => runs[1] ?? createRun())
      .mockRejectedValueOnce(new Error('No memory'))
      .mockImplementationOnce(async () => runs[2] ?? createRun());
    const lines: string[] = [];
    const kept = keepRunning('The worker', runs[0] ?? createRun(), start, (line) =>
      lines.push(line),
    );
    expect(await kept.restart()).toBe(runs[1]);
    expect(runs[0]?.stop).toHaveBeenCalled();
    await expect(kept.restart()).rejects.toThrow('No memory');
    expect(await kept.restart()).toBe(runs[2]);
    expect(lines).not.toContainEqual(expect.stringContaining('unexpectedly'));
    // A death after that waits again.
    runs[2]?.end({ code: 1, signal: null });
    await vi.advanceTimersByTimeAsync(999);
    expect(start).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(start).toHaveBeenCalledTimes(4);
    await kept.stop();
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
