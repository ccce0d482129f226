import { expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { reject } from '#server/runtime/commands/decision.ts';
import { toHttpStatus } from './http-status.ts';

it('has the statuses of the runtime’s errors and of the domains’ rejections', () => {
  expect(toHttpStatus('ACCOUNT_NOT_FOUND')).toBe(404);
  expect(toHttpStatus('CONTENTION')).toBe(503);
  expect(toHttpStatus('UNEXPECTED')).toBe(500);
});

it('takes no code that nobody has declared', () => {
  // @ts-expect-error
  expect(toHttpStatus('ACCOUNT_LOST')).toBe(500);
  // @ts-expect-error
  expect(new PlayheadError('ACCOUNT_LOST', 'Nobody knows.').code).toBe('ACCOUNT_LOST');
  // @ts-expect-error: the runtime's own, which no rule of a domain is
  expect(reject('CONTENTION', 'Others were first.').kind).toBe('rejected');
});
