import { expect, it } from 'vitest';
import { createBookingClock } from './booking-clock.ts';

it('keeps the order of a day’s rows, account by account', () => {
  const bookingOf = createBookingClock();
  const times = [
    { accountId: 'A', date: '1993-01-31' },
    { accountId: 'B', date: '1993-01-31' },
    { accountId: 'A', date: '1993-01-31' },
    { accountId: 'A', date: '1993-02-01' },
  ].map(bookingOf);
  expect(times).toEqual([
    { openedAt: '1993-01-31T00:00:00.000Z', bookedAt: '1993-01-31T00:00:00.001Z' },
    { openedAt: '1993-01-31T00:00:00.000Z', bookedAt: '1993-01-31T00:00:00.001Z' },
    { openedAt: undefined, bookedAt: '1993-01-31T00:00:00.002Z' },
    { openedAt: undefined, bookedAt: '1993-02-01T00:00:00.001Z' },
  ]);
});
