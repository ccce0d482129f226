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

const vitestFailuresSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
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

/**
 * What failed by Vitest's JSON report: file, name and error of each test, and each file that did not load. They are
 * said again at the end of a run, for the end-to-end tests print hundreds of lines after Vitest's own summary.
 */
export function listVitestFailures(report: unknown): string[] {
  const { data } = vitestFailuresSchema.safeParse(report);
  return (data?.testResults ?? []).flatMap(({ name, message, assertionResults }) => [
    ...(message === '' ? [] : [`${name}\n${message}`]),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map((test) => `${name} › ${test.fullName}\n${test.failureMessages.join('\n')}`),
  ]);
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
