import { z } from 'zod';
import { HOT_CONSUMER, resumeHotViews } from '#server/projections/pause-hot-views.ts';
import { resumeProjection } from '#server/projections/pause-projection.ts';
import { findPausable } from '../find-pausable.ts';
import { reasonOption, reasonSchema, toOperator } from '../operator.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson } from '../output.ts';

/** `resume`: lets a paused projection go on where it was. */
export const resumeCommand = defineOpsCommand({
  usage: 'resume <projection>',
  summary: 'let a paused projection go on where it was',
  options: [reasonOption],
  details: 'With --json, one object: projection, changed (false when it was not paused).',
  input: reasonSchema.extend({ projection: z.string() }),
  run: async ({ db, dynamo }, { projection: name, reason }, io) => {
    const target = findPausable(name);
    const operator = toOperator({ reason });
    const changed =
      target === HOT_CONSUMER
        ? await resumeHotViews(dynamo, operator)
        : await resumeProjection(db, target, operator);
    const sentence = changed ? `${name} goes on.` : `${name} was not paused.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
