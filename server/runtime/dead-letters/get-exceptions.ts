import { eq } from 'drizzle-orm';
import { isOfType } from '#lib/aggregate-id.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { getHotDeadLetters } from './hot-dead-letters.ts';

/** An event at which an aggregate waits in a view, or which was left out of it. */
export type ViewException = {
  readonly eventSequence: number;
  /** `retrying`: somebody is bringing the aggregate up from there. */
  readonly status: 'dead' | 'retrying' | 'skipped';
  /** What is the matter, for people. */
  readonly sentence: string;
};

/** By view, why an aggregate's rows in it are not what its events say. */
export type ViewExceptions = ReadonlyMap<string, readonly ViewException[]>;

/**
 * What waits at a dead letter of an aggregate, and what was skipped, by projection and hot view (what
 * ingest waits at or left out is said of `journal`).
 */
export async function getExceptions(
  {
    db,
    dynamo,
    hotViews,
  }: { readonly db: Db; readonly dynamo: Dynamo; readonly hotViews: readonly HotView[] },
  aggregateId: string,
): Promise<ViewExceptions> {
  const [rows, ...hot] = await Promise.all([
    db.select().from(deadLetters).where(eq(deadLetters.aggregateId, aggregateId)),
    ...hotViews
      .filter(({ aggregate }) => isOfType(aggregate.type, aggregateId))
      .map(({ name }) => getHotDeadLetters(dynamo, name, [aggregateId])),
  ]);
  const exceptions = new Map<string, ViewException[]>();
  const add = (view: string, exception: ViewException) => {
    exceptions.set(view, [...(exceptions.get(view) ?? []), exception]);
  };
  for (const { projection, eventSequence, status, ...row } of rows) {
    const where = projection === JOURNAL ? ' by ingest' : '';
    const sentence =
      status === 'skipped'
        ? `Event ${eventSequence} was skipped${where}, by ${row.skippedBy}: ${row.skipReason}`
        : `Event ${eventSequence} is a dead letter${where}: ${row.error}`;
    add(projection, { eventSequence, status, sentence });
  }
  for (const { projection, skipped, dead } of hot.flatMap((letters) => [...letters.values()])) {
    for (const { eventSequence, actor, reason } of skipped) {
      const sentence = `Event ${eventSequence} was skipped, by ${actor}: ${reason}`;
      add(projection, { eventSequence, status: 'skipped', sentence });
    }
    if (dead !== undefined) {
      const { eventSequence, status, error } = dead;
      const sentence = `Event ${eventSequence} is a dead letter: ${error}`;
      add(projection, { eventSequence, status, sentence });
    }
  }
  return exceptions;
}
