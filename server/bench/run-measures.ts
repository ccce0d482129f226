import type { BenchInstance } from './bench-instance.ts';
import { openBenchInstance } from './bench-instance.ts';
import type { Result } from './result.ts';

/** A measure, on empty databases. */
export type Measure = (instance: BenchInstance) => Promise<Result>;

/**
 * Carries measures out one after another, each on engines of its own, so that none works on what the
 * one before has left. Once `signal` is aborted it stops what is running and throws the reason.
 */
export async function runMeasures(
  measures: readonly Measure[],
  {
    signal,
    onResult,
  }: { readonly signal: AbortSignal; readonly onResult: (result: Result) => void },
): Promise<Result[]> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  aborted.catch(() => {});
  const results: Result[] = [];
  for (const measure of measures) {
    signal.throwIfAborted();
    const instance = await openBenchInstance();
    try {
      const measuring = measure(instance);
      // When it is aborted nobody waits for it, and it fails with the engines.
      measuring.catch(() => {});
      const result = await Promise.race([measuring, aborted]);
      results.push(result);
      onResult(result);
    } finally {
      await instance.close();
    }
  }
  return results;
}
