import { z } from 'zod';
import { HOT_CONSUMER, pauseHotViews } from '#server/projections/pause-hot-views.ts';
import { pauseProjection } from '#server/projections/pause-projection.ts';
import { findPausable } from '../find-pausable.ts';
import { reasonOption, reasonSchema, toOperator } from '../operator.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson } from '../output.ts';

/** `pause`: stops a projection until it is resumed. */
export const pauseCommand = defineOpsCommand({
  usage: 'pause <projection>',
  summary: 'stop a projection until it is resumed, whatever is started or stopped meanwhile',
  options: [{ ...reasonOption, required: true }],
  details: `When it is done, events change no row of the projection any more. The hot views are paused
together, as "hot-views". With --json, one object: projection,
changed (false when it was paused already).`,
  input: reasonSchema.required().extend({ projection: z.string() }),
  run: async ({ db, dynamo }, { projection: name, reason }, io) => {
    const target = findPausable(name);
    const operator = toOperator({ reason });
    const changed =
      target === HOT_CONSUMER
        ? await pauseHotViews(dynamo, operator)
        : await pauseProjection(db, target, operator);
    const sentence = changed ? `${name} is paused.` : `${name} was paused already.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
