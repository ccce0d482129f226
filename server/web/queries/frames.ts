import { z } from 'zod';
import type { Frames } from '#lib/contracts/queries.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { getFrames } from '#server/runtime/time-travel/get-frames.ts';
import { toStateFields } from '#server/runtime/time-travel/state-fields.ts';
import { toEventItem } from '../event-item.ts';

export const framesQuerySchema = z.object({
  from: z.coerce.number().int().min(0),
  to: z.coerce.number().int().min(0),
});

/** Consecutive states of an aggregate with their events, folded from the event store: `getFrames`. */
export async function getFramesAnswer(
  store: EventStore,
  aggregateId: string,
  range: z.infer<typeof framesQuerySchema>,
): Promise<Frames> {
  const { frames, version, wall } = await getFrames(store, aggregateId, range);
  return {
    frames: frames.map(({ sequence, event, state }) => ({
      sequence,
      event: event ? toEventItem(store, event, null) : null,
      state: toStateFields(state),
    })),
    version,
    wall,
  };
}
