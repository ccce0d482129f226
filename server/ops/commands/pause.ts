import { z } from 'zod';
import { findPausable } from '#server/runtime/operations/find-pausable.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';

/** `pause`: stops a projection until it is resumed. */
export const pauseCommand = defineOpsCommand({
  usage: 'pause <projection>',
  summary: 'stop a projection until it is resumed, whatever is started or stopped meanwhile',
  options: [{ ...reasonOption, required: true }],
  details: `When it is done, events change no row of the projection any more. The hot views are paused
together, as "hot-views". With --json, one object: projection,
changed (false when it was paused already).`,
  input: reasonSchema.required().extend({ projection: z.string() }),
  run: async ({ db, dynamo, registered }, { projection: name, reason }, io) => {
    const target = findPausable(registered, name);
    const changed = await target.pause({ db, dynamo }, toOperator({ reason }));
    const sentence = changed ? `${name} is paused.` : `${name} was paused already.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
