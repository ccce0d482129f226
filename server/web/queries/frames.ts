import { z } from 'zod';
import type { Frames } from '#lib/contracts/queries.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { getFrames } from '#server/time-travel/get-frames.ts';
import { toStateFields } from '#server/time-travel/state-fields.ts';
import { toEventItem } from '../event-item.ts';

export const framesQuerySchema = z.object({
  from: z.coerce.number().int().min(0),
  to: z.coerce.number().int().min(0),
});

/** Consecutive states of an account with their events, folded from the event store: `getFrames`. */
export async function getFramesAnswer(
  store: EventStore,
  accountId: string,
  range: z.infer<typeof framesQuerySchema>,
): Promise<Frames> {
  const { frames, version, wall } = await getFrames(store, accountId, range);
  return {
    frames: frames.map(({ sequence, event, state }) => ({
      sequence,
      event: event ? toEventItem(event, null) : null,
      state: toStateFields(state),
    })),
    version,
    wall,
  };
}
