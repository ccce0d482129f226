import { sql } from 'drizzle-orm';
import type { Stats } from '#lib/contracts/queries.ts';
import { journalArrivals, journalMinutes } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';

type Arrivals = Stats['arrivals'];

/** Steps up to the last one that is over. */
export type Steps = { readonly count: number; readonly seconds: number };

/** Arrivals by the second in which the journal took events in: for the last quarter of an hour. */
export async function getArrivalsBySecond(tx: Tx, { count, seconds }: Steps): Promise<Arrivals> {
  const step = sql`(${seconds} * interval '1 second')`;
  const to = sql`date_bin(${step}, now(), 'epoch'::timestamptz)`;
  const rows = await tx.execute<{ at: number; events: number }>(sql`
    SELECT (extract(epoch FROM step.at) * 1000)::float8 AS at, (
      SELECT greatest(coalesce(sum(events), 0), 0)::int FROM ${journalArrivals}
      WHERE second >= step.at AND second < step.at + ${step}
    ) AS events
    FROM generate_series(${to} - ${count} * ${step}, ${to} - ${step}, ${step}) AS step (at)
    ORDER BY step.at`);
  return rows.map(({ at, events }) => ({ at: new Date(at).toISOString(), events }));
}

/**
 * Arrivals in steps of whole minutes that end at `to` (whole minutes too, milliseconds since 1970), from
 * the positions at their ends: one look into an index for each.
 */
export async function getArrivalsByMinute(
  tx: Tx,
  { count, seconds, to }: Steps & { readonly to: number },
): Promise<Arrivals> {
  const from = to - count * seconds * 1_000;
  const ends = Array.from({ length: count + 1 }, (_, index) => from + index * seconds * 1_000);
  const positions = await getPositionsBefore(tx, ends);
  return ends.slice(0, -1).map((at, index) => ({
    at: new Date(at).toISOString(),
    events: (positions[index + 1] ?? 0) - (positions[index] ?? 0),
  }));
}

/** The newest position of the journal before each of these times, which are whole minutes; 0 before its first. */
export async function getPositionsBefore(tx: Tx, times: readonly number[]): Promise<number[]> {
  const { minute, lastPosition } = journalMinutes;
  const rows = await tx.execute<{ position: number }>(sql`
    SELECT coalesce((
      SELECT ${lastPosition} FROM ${journalMinutes}
      WHERE ${minute} < to_timestamp(asked.ms / 1000) ORDER BY ${minute} DESC LIMIT 1
    ), 0)::float8 AS position
    FROM unnest(${sql.param([...times])}::float8[]) WITH ORDINALITY AS asked (ms, place)
    ORDER BY asked.place`);
  return rows.map(({ position }) => position);
}
