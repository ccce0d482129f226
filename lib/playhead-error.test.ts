import { expect, it, vi } from 'vitest';
import { isPlayheadError, PlayheadError } from './playhead-error.ts';

it('is known across copies of its module, which is how Next bundles it', async () => {
  vi.resetModules();
  const copy = await import('./playhead-error.ts');
  expect(copy.PlayheadError).not.toBe(PlayheadError);
  const error = new copy.PlayheadError('SAME_ACCOUNT', 'One account.');
  expect(error).toBeInstanceOf(PlayheadError);
  expect(isPlayheadError(error)).toBe(true);
  expect(isPlayheadError(error, 'SAME_ACCOUNT')).toBe(true);
  expect(isPlayheadError(error, 'UNEXPECTED')).toBe(false);
});

it('is nothing else', () => {
  for (const other of [new Error('No.'), { name: 'PlayheadError' }, null, 'PlayheadError']) {
    expect(isPlayheadError(other)).toBe(false);
  }
});
