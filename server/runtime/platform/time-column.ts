import { timestamp } from 'drizzle-orm/pg-core';

/** A column for a time, to the millisecond: as events have it. */
export function timeColumn<Name extends string>(name: Name) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
}
