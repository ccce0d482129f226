/** When a row took effect, and whether it is its account's first. */
export type Booking = { readonly openedAt: string | undefined; readonly bookedAt: string };

/**
 * Gives each row of an account its time: the n-th row of a day is at n milliseconds past midnight
 * UTC, so that rows of one day keep their order; an account is opened at its first row's midnight.
 * It depends on nothing but the file, so that a second import makes the same commands. Remembers one
 * day for each account.
 */
export function createBookingClock(): (row: { accountId: string; date: string }) => Booking {
  const days = new Map<string, { date: string; rows: number }>();
  return ({ accountId, date }) => {
    const day = days.get(accountId);
    const rows = day?.date === date ? day.rows + 1 : 1;
    days.set(accountId, { date, rows });
    return {
      openedAt: day === undefined ? toTime(date, 0) : undefined,
      bookedAt: toTime(date, rows),
    };
  };
}

function toTime(date: string, milliseconds: number): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + milliseconds).toISOString();
}
