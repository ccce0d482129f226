import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { ARRIVAL_RANGES, type ArrivalRange, type Stats } from '#lib/contracts/queries.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getArrivalsByMinute, getArrivalsBySecond, type Steps } from './arrivals.ts';
import { getHead } from './journal-head.ts';

export const statsQuerySchema = z.object({ range: z.enum(ARRIVAL_RANGES).default('2m') });

const MINUTE_MS = 60_000;
const SECONDS_AVERAGED = 10;

/** So many of the newest events are looked at to tell how many commands brought them about. */
const MOST_SAMPLED = 1_000;

const STEPS: Readonly<Record<ArrivalRange, Steps>> = {
  '2m': { count: 120, seconds: 1 },
  '15m': { count: 90, seconds: 10 },
  '1h': { count: 60, seconds: 60 },
  '24h': { count: 144, seconds: 600 },
};

type StatsDeps = { readonly db: Db; readonly now: () => Date };

/** The journal in figures: see `statsSchema`. */
export function getStats(
  { db, now }: StatsDeps,
  { range }: z.output<typeof statsQuerySchema>,
): Promise<Stats> {
  const steps = STEPS[range];
  return readSnapshot(db, async (tx) => {
    const events = await getHead(tx);
    const newest = await getArrivalsBySecond(tx, { count: SECONDS_AVERAGED, seconds: 1 });
    const arrived = newest.reduce((total, second) => total + second.events, 0);
    const to = Math.floor(now().getTime() / MINUTE_MS) * MINUTE_MS;
    const arrivals =
      steps.seconds < 60
        ? await getArrivalsBySecond(tx, steps)
        : await getArrivalsByMinute(tx, { ...steps, to });
    return {
      // Positions have no gaps.
      events,
      eventsPerSecond: arrived / SECONDS_AVERAGED,
      commandsPerSecond: (await countCommands(tx, events, arrived)) / SECONDS_AVERAGED,
      stepSeconds: steps.seconds,
      arrivals,
    };
  });
}

/** How many commands brought about the newest events; of very many events, by a sample of the newest. */
async function countCommands(tx: Tx, head: number, events: number): Promise<number> {
  const sampled = Math.min(events, MOST_SAMPLED);
  if (sampled === 0) {
    return 0;
  }
  const [row] = await tx.execute<{ commands: number }>(sql`
    SELECT count(DISTINCT ${journal.metadata} ->> 'commandId')::int AS commands FROM ${journal}
    WHERE ${journal.position} > ${head - sampled}`);
  return ((row?.commands ?? 0) * events) / sampled;
}
