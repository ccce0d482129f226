import { z } from 'zod';
import { MOST_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toPlaces } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { HOT_CONSUMER } from '#server/runtime/hot-views/pause-hot-views.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { resetLagThreshold, setLagThreshold } from '#server/runtime/system/lag-thresholds.ts';
import { defineOperation } from './operation.ts';

const projection = z.string();
const seconds = z
  .number('Write a number of seconds.')
  .min(1, 'At least one second.')
  .max(MOST_LAG_THRESHOLD_SECONDS, 'At most a day.');

/** Setting and resetting from how many seconds behind a projection or a consumer is a cause for attention. */
export const lagThresholdOperations = [
  defineOperation({
    kind: 'set-lag-threshold',
    input: z.strictObject({ projection, seconds }),
    toSubject: requireMeasured,
    run: async ({ db }, given, operator) => {
      await setLagThreshold(db, { view: given.projection, seconds: given.seconds }, operator);
      return { seconds: given.seconds };
    },
  }),
  defineOperation({
    kind: 'reset-lag-threshold',
    input: z.strictObject({ projection }),
    toSubject: requireMeasured,
    run: async ({ db }, given, operator) => ({
      changed: await resetLagThreshold(db, given.projection, operator),
    }),
  }),
];

/** What lag is measured of: projections and consumers. Throws INVALID_INPUT for any other name. */
function requireMeasured(given: { readonly projection: string }, registered: RegisteredViews) {
  const name = given.projection;
  if (name !== HOT_CONSUMER && toPlaces(registered, name)[0]?.kind === 'hot') {
    throw new PlayheadError(
      'INVALID_INPUT',
      `The hot views follow the stream together: set the threshold of ${HOT_CONSUMER}.`,
      { field: 'projection' },
    );
  }
  return name;
}
