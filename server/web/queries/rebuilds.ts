import { z } from 'zod';
import type { Rebuilds } from '#lib/contracts/rebuilds.ts';
import { type Place, toPlaces } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { journalState } from '#server/runtime/journal/journal-state-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { getRebuilds, getSwapThatKeeps } from '#server/runtime/rebuild/get-rebuilds.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';

export const rebuildsQuerySchema = z.object({ projection: z.string().max(200) });

type RebuildsDeps = { readonly db: Db; readonly registry: RegisteredViews };

/**
 * How a projection, a hot view or the journal is rebuilt, with its newest rebuilds and what can be
 * rolled back to. Throws INVALID_INPUT and PostgreSQL's errors.
 */
export async function getRebuildsAnswer(
  { db, registry }: RebuildsDeps,
  { projection }: z.output<typeof rebuildsQuerySchema>,
): Promise<Rebuilds> {
  const [place] = toPlaces(registry, projection);
  const none = { items: [], kept: null, journal: null };
  if (place?.kind === 'projected') {
    const [items, kept] = await Promise.all([
      getRebuilds(db, { projection }),
      getSwapThatKeeps(db, projection),
    ]);
    return { ...toHead(place), ...none, items, kept };
  }
  return place?.kind === 'hot'
    ? { ...toHead(place), ...none }
    : { projection, place: 'journal', codeVersion: null, ...none, journal: await readJournal(db) };
}

function toHead(place: Exclude<Place, { kind: 'journal' }>) {
  return place.kind === 'hot'
    ? ({ projection: place.name, place: 'dynamodb', codeVersion: place.view.version } as const)
    : ({
        projection: place.name,
        place: 'postgresql',
        codeVersion: place.projection.version,
      } as const);
}

/** Where there is no row nobody has looked yet whether the journal is complete. */
async function readJournal(db: Db): Promise<Rebuilds['journal']> {
  const [row] = await db.select().from(journalState);
  return {
    isComplete: row?.status === 'complete',
    eventsRead: row?.eventsRead ?? 0,
    eventsInserted: row?.eventsInserted ?? 0,
    startedAt: row?.startedAt?.toISOString() ?? null,
    completedAt: row?.completedAt?.toISOString() ?? null,
    worker: row?.claimedBy ?? null,
  };
}
