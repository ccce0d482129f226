import { z } from 'zod';
import { resumeProjection } from '#server/projections/pause-projection.ts';
import { findProjection } from '../find-projection.ts';
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
  run: async ({ db }, { projection: name, reason }, io) => {
    const projection = findProjection(name);
    const changed = await resumeProjection(db, projection, toOperator({ reason }));
    const sentence = changed ? `${name} goes on.` : `${name} was not paused.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
