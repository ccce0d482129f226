import { z } from 'zod';

/** How many tests of a run did what. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

const count = z.number().int().min(0);

const vitestSchema = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
});

const playwrightSchema = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
});

/** Reads Vitest's JSON report; `exitCode` is the runner's. */
export function parseVitestReport(report: unknown, exitCode: number): Tally {
  const { data } = vitestSchema.safeParse(report);
  return honest(exitCode, {
    passed: data?.numPassedTests ?? 0,
    failed: data?.numFailedTests ?? 0,
    skipped: (data?.numPendingTests ?? 0) + (data?.numTodoTests ?? 0),
  });
}

/** Reads Playwright's JSON report; `exitCode` is the runner's. */
export function parsePlaywrightReport(report: unknown, exitCode: number): Tally {
  const stats = playwrightSchema.safeParse(report).data?.stats;
  return honest(exitCode, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  });
}

/** The sum of two. */
export function addTally(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** A runner can fail with no test to blame: a suite that does not load, an engine left running. */
function honest(exitCode: number, tally: Tally): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
