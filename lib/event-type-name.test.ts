import { expect, it } from 'vitest';
import { toEventTypeName } from './event-type-name.ts';

it('writes an event type in words', () => {
  expect(toEventTypeName('MoneyDeposited')).toBe('Money deposited');
});
