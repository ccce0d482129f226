import { asc } from 'drizzle-orm';
import { z } from 'zod';
import type { Volume } from '#lib/contracts/queries.ts';
import { journalMinutes } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getArrivalsByMinute } from './arrivals.ts';
import { arrivalParams } from './events-query.ts';
import { toVolumeSteps } from './volume-steps.ts';

export const volumeQuerySchema = z.object(arrivalParams);

/**
 * How many events came into the journal in a span of time, or in all of its own, in at most a hundred
 * steps. What it costs does not grow with how many they are.
 */
export async function getVolume(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  { from, to }: z.output<typeof volumeQuerySchema>,
): Promise<Volume> {
  return readSnapshot(db, async (tx) => {
    const { minute } = journalMinutes;
    const [first] = await tx.select({ minute }).from(journalMinutes).orderBy(asc(minute)).limit(1);
    const steps = toVolumeSteps({
      from: from ?? first?.minute.getTime() ?? now().getTime(),
      to: to ?? now().getTime(),
    });
    return { stepSeconds: steps.seconds, arrivals: await getArrivalsByMinute(tx, steps) };
  });
}
