import { expect, it } from 'vitest';
import { toTokenScopes } from './token-scopes.ts';

it('knows the scopes of the modules that there are', () => {
  expect(toTokenScopes(['bank'])).toEqual([
    ...['*:view', '*:commands', '*:operations', '*:administration'],
    ...['bank:view', 'bank:commands', 'bank:operations', 'bank:administration'],
  ]);
});
