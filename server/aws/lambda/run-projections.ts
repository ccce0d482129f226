import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { bindDatabase } from '#server/runtime/journal/bind-database.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Postgres } from '#server/runtime/platform/postgres.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { createProjector } from '#server/runtime/views/projector.ts';

/**
 * Applies the journal to every projection until each has come to its end, `timeoutMs` at most. A projection
 * that another worker runs, or that is paused, is left alone. Throws when one does not get on; what it has
 * done until then stays.
 */
export async function runProjections({
  dynamo,
  postgres,
  store,
  views,
  workerId,
  timeoutMs,
  logger,
}: {
  readonly dynamo: Dynamo;
  readonly postgres: Postgres;
  readonly store: EventStore;
  readonly views: readonly PostgresView[];
  /** Unique to this run. */
  readonly workerId: string;
  readonly timeoutMs: number;
  readonly logger: Logger;
}): Promise<void> {
  await bindDatabase({ dynamo, db: postgres.db });
  const journal = createJournalReader(postgres.db, store);
  const runs = views.map((projection) => {
    let rest = () => {};
    const rested = new Promise<void>((resolve) => {
      rest = resolve;
    });
    const shared = { postgres, journal, projection, workerId, logger };
    return { rested, projector: createProjector({ ...shared, onRest: () => rest() }) };
  });
  const timer = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([timeout, Promise.all(runs.map(({ rested }) => rested))]);
  timer.abort();
  const problems = runs.flatMap(({ projector }) => projector.status().error ?? []);
  await Promise.all(runs.map(({ projector }) => projector.stop()));
  if (problems.length > 0) {
    throw new Error(`Projections do not get on: ${problems.join(' ')}`);
  }
}
