import { lt, sql } from 'drizzle-orm';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { CONSUMERS, getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import type { ShardSource } from '#server/runtime/stream/shard-source.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { lagSamples } from './lag-samples-table.ts';
import { measureBehind } from './to-view-freshness.ts';

/** How far a view was behind the event store at one moment. */
export type LagSample = {
  readonly view: string;
  readonly events: number;
  readonly seconds: number;
};

export type SampleDeps = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly views: readonly Pick<PostgresView, 'name' | 'version'>[];
  readonly shards: ShardSource;
};

/**
 * Measures how far the consumers and the projections are behind the event store. What cannot be
 * measured now is left out. Throws what the databases throw.
 */
export async function measureLag(
  { dynamo, db, views, shards }: SampleDeps,
  now: Date,
): Promise<LagSample[]> {
  const [{ projections }, rows] = await Promise.all([
    getProjectionLag(db, views),
    getConsumerLag(dynamo, now, shards),
  ]);
  const rowsOf = (name: string) => rows.filter((row) => row.name === name);
  const measured = [
    ...CONSUMERS.map((view) => ({ view, parts: rowsOf(view), projection: undefined })),
    ...projections.map((projection) => ({
      view: projection.name,
      parts: rowsOf('journal'),
      projection,
    })),
  ];
  return measured.flatMap(({ view, parts, projection }) => {
    const all = [...parts, ...(projection ? [projection] : [])];
    const { eventsBehind, seconds } = measureBehind(all, parts.length > 0);
    const isAgeKnown = all.every((part) => part.eventsBehind === 0 || part.secondsBehind !== null);
    return eventsBehind === null || !isAgeKnown ? [] : [{ view, events: eventsBehind, seconds }];
  });
}

/** Samples are kept for a day, and an hour for a view of a whole day. */
const KEPT_HOURS = 25;

/** Adds samples to their minute, and forgets those that are older than a day: one statement. */
export async function writeLagSamples(db: Db, samples: readonly LagSample[]): Promise<void> {
  if (samples.length === 0) {
    return;
  }
  const forgotten = db.$with('forgotten').as(
    db
      .delete(lagSamples)
      .where(lt(lagSamples.minute, sql`clock_timestamp() - make_interval(hours => ${KEPT_HOURS})`))
      .returning({ view: lagSamples.view }),
  );
  await db
    .with(forgotten)
    .insert(lagSamples)
    .values(
      samples.map(({ view, events, seconds }) => ({
        view,
        minute: sql`date_trunc('minute', clock_timestamp())`,
        maxEvents: events,
        lastEvents: events,
        maxSeconds: seconds,
        lastSeconds: seconds,
        sampledAt: sql`clock_timestamp()`,
      })),
    )
    .onConflictDoUpdate({
      target: [lagSamples.view, lagSamples.minute],
      set: {
        maxEvents: sql`greatest(${lagSamples.maxEvents}, excluded.max_events)`,
        lastEvents: sql`excluded.last_events`,
        maxSeconds: sql`greatest(${lagSamples.maxSeconds}, excluded.max_seconds)`,
        lastSeconds: sql`excluded.last_seconds`,
        sampledAt: sql`excluded.sampled_at`,
      },
    });
}

/** Whether any worker took a sample within so many milliseconds. */
export async function isLagSampledSince(db: Db, ms: number): Promise<boolean> {
  const since = sql`clock_timestamp() - make_interval(secs => ${ms / 1_000})`;
  const found = await db
    .select({ view: lagSamples.view })
    .from(lagSamples)
    .where(
      sql`${lagSamples.minute} > ${since} - interval '1 minute' AND ${lagSamples.sampledAt} > ${since}`,
    )
    .limit(1);
  return found.length > 0;
}
