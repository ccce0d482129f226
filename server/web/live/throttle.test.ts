import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

describe('a throttle', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs the first time at once', () => {
    const run = vi.fn();
    createThrottle(100, run).trigger();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs once more for all that came within the interval', async () => {
    const run = vi.fn();
    const { trigger } = createThrottle(100, run);
    for (let count = 0; count < 5; count += 1) {
      trigger();
    }
    await vi.advanceTimersByTimeAsync(99);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('runs at once again after a quiet interval', async () => {
    const run = vi.fn();
    const { trigger } = createThrottle(100, run);
    trigger();
    await vi.advanceTimersByTimeAsync(100);
    trigger();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('never runs twice at a time, and again right after a slow run', async () => {
    let running = 0;
    const run = vi.fn(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 250));
      running -= 1;
    });
    const { trigger } = createThrottle(100, run);
    trigger();
    await vi.advanceTimersByTimeAsync(200);
    trigger();
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(51);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.runAllTimersAsync();
  });

  it('does nothing any more once it is stopped', async () => {
    const run = vi.fn();
    const { trigger, stop } = createThrottle(100, run);
    trigger();
    trigger();
    stop();
    trigger();
    await vi.runAllTimersAsync();
    expect(run).toHaveBeenCalledTimes(1);
  });
});
