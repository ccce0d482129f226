import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { readEntries } from '#server/runtime/views/journal-reader.ts';
import { codecOf, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import { applyToCandidate } from './apply-to-candidate.ts';
import { createCandidate, dropTables, sizeOf } from './generation-tables.ts';
import { readTarget } from './read-candidate-batches.ts';
import type { RebuildEstimate } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/** A rebuild of fewer events says little about the speed of others. */
const MIN_MEASURED_EVENTS = 50_000;

const SAMPLE_SIZE = 10_000;

/** Rolls the sample back; never leaves this file. */
class SampleTakenError extends Error {}

/**
 * What a rebuild of a projection would read and take, without beginning one. The speed is the last
 * rebuild's; without one it is tried on the journal's first events, in tables that nobody sees.
 */
export async function estimateRebuild(db: Db, projection: PostgresView): Promise<RebuildEstimate> {
  const events = await readTarget(db, projection.name);
  const bytes = await sizeOf(db, projection);
  const measured = await findMeasuredRate(db, projection);
  const rate = measured ?? (await takeSample(db, projection, Math.min(events, SAMPLE_SIZE)));
  return {
    events,
    bytes,
    rate,
    seconds: events === 0 ? 0 : rate && events / rate,
    basis: measured !== null ? 'last-rebuild' : rate !== null ? 'sample' : 'nothing',
  };
}

async function findMeasuredRate(db: Db, { name, version }: PostgresView): Promise<number | null> {
  const [row] = await db
    .select({ rate: rebuilds.rate })
    .from(rebuilds)
    .where(
      and(
        eq(rebuilds.projection, name),
        eq(rebuilds.version, version),
        isNotNull(rebuilds.rate),
        sql`${rebuilds.position} - ${rebuilds.startPosition} >= ${MIN_MEASURED_EVENTS}`,
      ),
    )
    .orderBy(desc(rebuilds.id))
    .limit(1);
  return row?.rate ?? null;
}

/** Events per second over the first events; null without any, or when they cannot be applied. */
async function takeSample(db: Db, projection: PostgresView, size: number): Promise<number | null> {
  if (size === 0) {
    return null;
  }
  let seconds: number | null = null;
  try {
    await db.transaction(async (tx) => {
      // What a rebuild left there comes back with the rollback.
      await dropTables(tx, projection, CANDIDATE_SCHEMA);
      await createCandidate(tx, projection);
      const start = performance.now();
      const entries = await readEntries(db, codecOf(projection), { after: 0, limit: size });
      await applyToCandidate(tx, projection, entries);
      seconds = (performance.now() - start) / 1_000;
      throw new SampleTakenError();
    });
  } catch (error) {
    if (!(error instanceof SampleTakenError)) {
      // The rebuild itself will say at which event it stops, and why.
      return null;
    }
  }
  return seconds && size / seconds;
}
