import { z } from 'zod';
import type { SequenceAt } from '#lib/contracts/queries.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { getSequenceAt } from '#server/time-travel/get-sequence-at.ts';

export const sequenceAtQuerySchema = z.object({ time: z.string().max(100) });

/** The sequence that an account was at: `getSequenceAt`. */
export async function findSequenceAt(
  store: EventStore,
  accountId: string,
  { time }: z.infer<typeof sequenceAtQuerySchema>,
): Promise<SequenceAt> {
  return { sequence: await getSequenceAt(store, accountId, time) };
}
