import { describe, expect, it } from 'vitest';
import { moveMoneySchema, openAccountSchema } from './commands.ts';

const movement = { accountId: 'A-1', amount: '1.00', currency: 'EUR' };

describe('command inputs', () => {
  it.each(['a\0b', 'two\nlines', 'half \ud800 a pair', '\u001b[31m', 'a\u202eb', 'a\u200bb'])(
    'refuse a text that cannot be kept: %j',
    (description) => {
      expect(moveMoneySchema.safeParse({ ...movement, description }).success).toBe(false);
      const opening = { number: 'A-1', owner: description, currency: 'EUR' };
      expect(openAccountSchema.safeParse(opening).success).toBe(false);
    },
  );

  it.each(['Příkaz č. 5', 'العربية', '💶 whole pair', 'a “quoted” text'])(
    'keep a text as it is: %s',
    (description) => {
      expect(moveMoneySchema.parse({ ...movement, description }).description).toBe(description);
    },
  );

  it.each(['0000-01-01T00:00:00.000Z', '1899-12-31T23:59:59.999Z', '2026-02-30T00:00:00.000Z'])(
    'refuse the booking time %s',
    (bookedAt) => {
      expect(moveMoneySchema.safeParse({ ...movement, bookedAt }).success).toBe(false);
    },
  );

  it('keep one composition of a text that has two', () => {
    const description = 'Cafe\u0301';
    expect(moveMoneySchema.parse({ ...movement, description }).description).toBe('Caf\u00e9');
  });

  it('take an empty description for none', () => {
    expect(moveMoneySchema.parse({ ...movement, description: '  ' }).description).toBeUndefined();
  });
});
