import { asc, gt } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { scanHotIds } from '#server/runtime/hot-views/scan-hot-ids.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { liveTablesOf } from '../views/postgres-view.ts';
import { columnOf } from '../views/write-rows.ts';
import type { IntegrityDeps } from './integrity-deps.ts';

const PAGE_SIZE = 1_000;

/** Aggregates that a view has rows of, by aggregate id, in pages. */
export type ViewIds = {
  readonly view: string;
  readonly aggregateIds: AsyncIterable<readonly string[]>;
};

/** The aggregates of the journal and of every view, table by table. */
export function listViewIds({
  db,
  dynamo,
  registered: { views, hotViews },
}: Pick<IntegrityDeps, 'db' | 'dynamo' | 'registered'>): ViewIds[] {
  return [
    { view: JOURNAL, aggregateIds: selectDistinct(db, journal.aggregateId, (id) => id) },
    ...views.flatMap((view) =>
      liveTablesOf(view).map((table) => ({
        view: view.name,
        aggregateIds: selectDistinct(db, columnOf(table, view.idColumn), (id) =>
          toAggregateId(view.aggregate.type, id),
        ),
      })),
    ),
    ...hotViews.map((view) => ({ view: view.name, aggregateIds: scanHotIds(dynamo, view) })),
  ];
}

async function* selectDistinct(
  db: Db,
  column: PgColumn,
  toId: (id: string) => string,
): AsyncGenerator<string[]> {
  const rowSchema = z.array(z.object({ id: z.string() }));
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = rowSchema.parse(
      await db
        .selectDistinct({ id: column })
        .from(column.table)
        .where(gt(column, after))
        .orderBy(asc(column))
        .limit(PAGE_SIZE),
    );
    yield rows.map(({ id }) => toId(id));
    after = rows.at(-1)?.id;
  }
}
