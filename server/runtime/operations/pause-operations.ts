import { z } from 'zod';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { findPausable } from './find-pausable.ts';
import { defineOperation } from './operation.ts';

const input = z.strictObject({ projection: z.string() });

const toSubject = ({ projection }: z.output<typeof input>, registered: RegisteredViews) =>
  findPausable(registered, projection).name;

/** Pausing and resuming a projection, or the hot views together. */
export const pauseOperations = [
  defineOperation({
    kind: 'pause-projection',
    input,
    toSubject,
    run: async (deps, { projection }, operator) => ({
      changed: await findPausable(deps.registered, projection).pause(deps, operator),
    }),
  }),
  defineOperation({
    kind: 'resume-projection',
    input,
    toSubject,
    run: async (deps, { projection }, operator) => ({
      changed: await findPausable(deps.registered, projection).resume(deps, operator),
    }),
  }),
];
