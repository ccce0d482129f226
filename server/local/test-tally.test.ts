import { expect, it } from 'vitest';
import {
  addTally,
  listVitestFailures,
  parsePlaywrightReport,
  parseVitestReport,
} from './test-tally.ts';

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
const playwright = { stats: { expected: 3, unexpected: 2, flaky: 1, skipped: 4 } };

it('reads both reports and sums them up', () => {
  const sum = addTally(parseVitestReport(vitest, 1), parsePlaywrightReport(playwright, 1));
  expect(sum).toEqual({ passed: 9, failed: 3, skipped: 7 });
});

it('counts a runner that failed without a failed test as one failure', () => {
  const green = { ...vitest, numFailedTests: 0 };
  expect(parseVitestReport(green, 0).failed).toBe(0);
  expect(parseVitestReport(green, 1).failed).toBe(1);
  expect(parseVitestReport(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(parsePlaywrightReport(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('lists the failed tests and the files that did not load', () => {
  const tests = [
    { status: 'failed', fullName: 'a b', failureMessages: ['expected 1 to be 2'] },
    { status: 'passed', fullName: 'a c', failureMessages: [] },
  ];
  const testResults = [
    { name: 'x.test.ts', message: '', assertionResults: tests },
    { name: 'y.test.ts', message: 'no such module', assertionResults: [] },
  ];
  expect(listVitestFailures({ ...vitest, testResults })).toEqual([
    'x.test.ts › a b\nexpected 1 to be 2',
    'y.test.ts\nno such module',
  ]);
  expect(listVitestFailures(undefined)).toEqual([]);
});
