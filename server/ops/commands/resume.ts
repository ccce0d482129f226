import { z } from 'zod';
import { findPausable } from '#server/runtime/operations/find-pausable.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';

/** `resume`: lets a paused projection go on where it was. */
export const resumeCommand = defineOpsCommand({
  usage: 'resume <projection>',
  summary: 'let a paused projection go on where it was',
  options: [reasonOption],
  details: 'With --json, one object: projection, changed (false when it was not paused).',
  input: reasonSchema.extend({ projection: z.string() }),
  run: async ({ db, dynamo, registered }, { projection: name, reason }, io) => {
    const target = findPausable(registered, name);
    const changed = await target.resume({ db, dynamo }, toOperator({ reason }));
    const sentence = changed ? `${name} goes on.` : `${name} was not paused.`;
    await io.print(io.json ? toJson({ projection: name, changed }) : sentence);
    return 0;
  },
});
