import { describe, expect, it } from 'vitest';
import { hashPayload } from './payload-hash.ts';

describe('hashPayload', () => {
  const hash = hashPayload('Deposit', { accountId: 'A', amount: 120n, description: 'rent' });

  it('is the same for the same meaning', () => {
    expect(
      hashPayload('Deposit', {
        description: 'rent',
        counterparty: undefined,
        amount: 120n,
        accountId: 'A',
      }),
    ).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['another command', 'Withdraw', { accountId: 'A', amount: 120n, description: 'rent' }],
    ['another value', 'Deposit', { accountId: 'A', amount: 121n, description: 'rent' }],
    ['another field', 'Deposit', { accountId: 'A', amount: 120n, counterparty: 'rent' }],
    ['a field less', 'Deposit', { accountId: 'A', amount: 120n }],
    [
      'values that run together',
      'Deposit',
      { accountId: 'A,120', amount: 0n, description: 'rent' },
    ],
  ])('differs for %s', (_, type, payload) => {
    expect(hashPayload(type, payload)).not.toBe(hash);
  });
});
