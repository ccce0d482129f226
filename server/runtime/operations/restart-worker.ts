import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Requestable } from './operation.ts';

const input = z.strictObject({ launcher: z.uuid() });

/**
 * Ending a launcher's worker, which may be frozen, and starting a new one. A dead worker carries out
 * nothing: the launcher does it (server/local/restart-on-request.ts).
 */
export const restartWorker = {
  kind: 'restart-worker',
  input,
  toSubject: ({ launcher }, scope) => {
    if (launcher !== scope.launcher) {
      throw new PlayheadError(
        'INVALID_INPUT',
        scope.launcher === null
          ? 'No launcher runs beside this web server: restart the worker where it was started.'
          : 'Playhead was started anew since this page was loaded: reload it, and look again.',
      );
    }
    return 'worker';
  },
} as const satisfies Requestable<typeof input>;
