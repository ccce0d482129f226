import { PlayheadError } from '#lib/playhead-error.ts';
import {
  HOT_CONSUMER,
  pauseHotViews,
  resumeHotViews,
} from '#server/runtime/hot-views/pause-hot-views.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { pauseProjection, resumeProjection } from '#server/runtime/views/pause-projection.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { findProjection } from './find-projection.ts';

type Deps = { readonly db: Db; readonly dynamo: Dynamo };

/** A projection in PostgreSQL, or the hot views together. Both are false where nothing had to change. */
export type Pausable = {
  readonly name: string;
  readonly pause: (deps: Deps, operator: Operator) => Promise<boolean>;
  readonly resume: (deps: Deps, operator: Operator) => Promise<boolean>;
};

/** What of that name can be paused. Throws INVALID_INPUT. */
export function findPausable(registered: RegisteredViews, name: string): Pausable {
  if (name === HOT_CONSUMER) {
    return {
      name,
      pause: ({ dynamo }, operator) => pauseHotViews(dynamo, operator),
      resume: ({ dynamo }, operator) => resumeHotViews(dynamo, operator),
    };
  }
  const hotNames = registered.hotViews.map((view) => view.name);
  if (hotNames.includes(name)) {
    throw new PlayheadError(
      'INVALID_INPUT',
      `The hot views (${hotNames.join(', ')}) follow the stream together: pause or resume ${HOT_CONSUMER}.`,
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
  const projection = findProjection(registered, name);
  return {
    name,
    pause: ({ db }, operator) => pauseProjection(db, projection, operator),
    resume: ({ db }, operator) => resumeProjection(db, projection, operator),
  };
}
