import { expect, it } from 'vitest';
import { holdsRight, toTokenScopes } from './token-scopes.ts';

it('gives a right in one module, or in all', () => {
  const right = { module: 'bank', action: 'commands' } as const;
  expect(holdsRight(['bank:commands'], right)).toBe(true);
  expect(holdsRight(['*:commands'], right)).toBe(true);
  expect(holdsRight(['bank:view', 'users:commands', '*:view', '*'], right)).toBe(false);
  expect(holdsRight([], right)).toBe(false);
});

it('holds a right in all modules only by the scope of all', () => {
  const right = { module: '*', action: 'view' } as const;
  expect(holdsRight(['bank:view', 'users:view'], right)).toBe(false);
  expect(holdsRight(['*:view'], right)).toBe(true);
});

it('knows the scopes of the modules that there are', () => {
  expect(toTokenScopes(['bank'])).toEqual([
    ...['*:view', '*:commands', '*:operations', '*:administration'],
    ...['bank:view', 'bank:commands', 'bank:operations', 'bank:administration'],
  ]);
});
