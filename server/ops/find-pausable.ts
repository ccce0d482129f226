import { PlayheadError } from '#lib/playhead-error.ts';
import { JOURNAL } from '#server/journal/dead-letters-table.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { HOT_CONSUMER } from '#server/projections/pause-hot-views.ts';
import type { Projection } from '#server/projections/projection.ts';
import { findProjection } from './find-projection.ts';

/** What of that name can be paused: a projection in PostgreSQL, or the hot views. Throws INVALID_INPUT. */
export function findPausable(name: string): Projection | typeof HOT_CONSUMER {
  if (name === HOT_CONSUMER) {
    return HOT_CONSUMER;
  }
  if (HOT_VIEWS.includes(name)) {
    throw new PlayheadError(
      'INVALID_INPUT',
      `The hot views (${HOT_VIEWS.join(', ')}) follow the stream together: pause or resume ${HOT_CONSUMER}.`,
      { field: 'projection' },
    );
  }
  if (name === JOURNAL) {
    throw new PlayheadError(
      'INVALID_INPUT',
      'The journal cannot be paused: it is what keeps events when the stream has forgotten them. Pause the projections that read it.',
      { field: 'projection' },
    );
  }
  return findProjection(name);
}
