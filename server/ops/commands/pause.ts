import { z } from 'zod';
import { pauseProjection } from '#server/projections/pause-projection.ts';
import { findProjection } from '../find-projection.ts';
import { reasonOption, reasonSchema, toOperator } from '../operator.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson } from '../output.ts';

/** `pause`: stops a projection until it is resumed. */
export const pauseCommand = defineOpsCommand({
  usage: 'pause <projection>',
  summary: 'stop a projection until it is resumed, whatever is started or stopped meanwhile',
  options: [{ ...reasonOption, required: true }],
  details: `When it is done, no row of the projection changes any more. With --json, one object: projection,
changed (false when it was paused already).`,
  input: reasonSchema.required().extend({ projection: z.string() }),
  run: async ({ db }, { projection: name, reason }, io) => {
    const projection = findProjection(name);
    const changed = await pauseProjection(db, projection, toOperator({ reason }));
    const sentence = changed ? `${name} is paused.` : `${name} was paused already.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
