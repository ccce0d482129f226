import { z } from 'zod';
import type { SequenceAt } from '#lib/contracts/queries.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { getSequenceAt } from '#server/runtime/time-travel/get-sequence-at.ts';

export const sequenceAtQuerySchema = z.object({ time: z.string().max(100) });

/** The sequence that an aggregate was at: `getSequenceAt`. */
export async function findSequenceAt(
  store: EventStore,
  aggregateId: string,
  { time }: z.infer<typeof sequenceAtQuerySchema>,
): Promise<SequenceAt> {
  return { sequence: await getSequenceAt(store, aggregateId, time) };
}
