import { PlayheadError } from '#lib/playhead-error.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';

/** The projection in PostgreSQL of that name. Throws INVALID_INPUT. */
export function findProjection({ views }: RegisteredViews, name: string): PostgresView {
  const projection = views.find((each) => each.name === name);
  if (projection === undefined) {
    const names = views.map((each) => each.name).join(', ');
    throw new PlayheadError(
      'INVALID_INPUT',
      `There is no projection “${name}” in PostgreSQL that this could be done to. There are: ${names}.`,
      { field: 'projection' },
    );
  }
  return projection;
}
