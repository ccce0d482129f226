import { and, eq, gt, lte } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';

/**
 * Throws REBUILD_REFUSED when a generation that holds the events up to `position` may have applied
 * one that was skipped only afterwards, `since` it was filled or put aside.
 */
export async function refuseLateSkips(
  tx: Tx,
  {
    projection,
    since,
    position,
  }: { readonly projection: string; readonly since: Date; readonly position: number },
): Promise<void> {
  const skips = await tx.$count(
    deadLetters,
    and(
      eq(deadLetters.projection, projection),
      eq(deadLetters.status, 'skipped'),
      gt(deadLetters.skippedAt, since),
      lte(deadLetters.position, position),
    ),
  );
  if (skips > 0) {
    throw new PlayheadError(
      'REBUILD_REFUSED',
      `${skips === 1 ? 'An event was' : `${skips} events were`} skipped in ${projection} since this ` +
        'generation had got past it, and the effects may be in it: discard it, and rebuild anew.',
    );
  }
}
