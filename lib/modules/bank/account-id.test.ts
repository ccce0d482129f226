import { describe, expect, it } from 'vitest';
import { toAccountId } from './account-id.ts';

describe('toAccountId', () => {
  it.each([
    ['cz65 0800 0000 1920 0014 5399', 'CZ6508000000192000145399'],
    [' acc-1 ', 'ACC-1'],
    ['7', '7'],
    ['A'.repeat(34), 'A'.repeat(34)],
    ['a\tb\nc', 'ABC'],
  ])('brings “%s” into its canonical form', (text, id) => {
    expect(toAccountId(text)).toBe(id);
    expect(toAccountId(id)).toBe(id);
  });

  it.each([
    '',
    '  ',
    '-1',
    'A_1',
    'A#1',
    'Ä1',
    'A'.repeat(35),
    'A/../B',
    'ı',
    'ß',
    'Kelvin-\u212a',
  ])('says that “%s” can be no number', (text) => {
    expect(toAccountId(text)).toBeUndefined();
  });
});
