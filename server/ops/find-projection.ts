import { PlayheadError } from '#lib/playhead-error.ts';
import type { Projection } from '#server/projections/projection.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';

/** The projection in PostgreSQL of that name. Throws INVALID_INPUT. */
export function findProjection(name: string): Projection {
  const projection = PROJECTIONS.find((each) => each.name === name);
  if (projection === undefined) {
    const names = PROJECTIONS.map((each) => each.name).join(', ');
    throw new PlayheadError(
      'INVALID_INPUT',
      `There is no projection “${name}” in PostgreSQL that this could be done to. There are: ${names}.`,
      { field: 'projection' },
    );
  }
  return projection;
}
