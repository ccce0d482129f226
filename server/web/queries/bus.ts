import type { z } from 'zod';
import type { busSchema } from '#lib/contracts/bus.ts';
import { getBusState } from '#server/runtime/bus/get-bus-state.ts';
import type { WebContext } from '../context.ts';

/** How the bus fares; nothing where there is none. */
export async function getBus({
  db,
  hasBus,
}: Pick<WebContext, 'db' | 'hasBus'>): Promise<z.input<typeof busSchema>> {
  if (!hasBus) {
    return { isOn: false, publisher: null, replays: [] };
  }
  const { publisher, replays } = await getBusState(db);
  return {
    isOn: true,
    publisher,
    replays: replays.map((replay) => ({ ...replay, steps: [...replay.steps] })),
  };
}
