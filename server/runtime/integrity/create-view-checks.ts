import { eq, max } from 'drizzle-orm';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { checkHotView, readStoredItem } from './check-hot-view.ts';
import { checkJournal } from './check-journal.ts';
import { checkPostgresView } from './check-postgres-view.ts';
import type { CreateCheck } from './compare-view.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { readViewRows } from './read-view-rows.ts';

/** How to check what one view holds of an aggregate, all of which has been read. */
export type NamedCheck = { readonly view: string; readonly create: CreateCheck };

/** Reads what every view and the journal hold of an aggregate; answers how to check it, by view. */
export async function createViewChecks(
  { db, dynamo, registered }: Pick<IntegrityDeps, 'db' | 'dynamo' | 'registered'>,
  aggregate: Aggregate,
  aggregateId: string,
): Promise<NamedCheck[]> {
  const { id } = parseAggregateId(aggregateId);
  const isOfAggregate = (view: { readonly aggregate: { readonly type: string } }) =>
    view.aggregate.type === aggregate.type;
  const views = registered.views.filter(isOfAggregate);
  const hotViews = registered.hotViews.filter(isOfAggregate);
  const [journaled, rows, items] = await Promise.all([
    db
      .select({ newest: max(journal.eventSequence) })
      .from(journal)
      .where(eq(journal.aggregateId, aggregateId)),
    Promise.all(views.map(async (view) => [view, await readViewRows(db, view, id)] as const)),
    Promise.all(
      hotViews.map(async (view) => [view, await readStoredItem(dynamo, view, id)] as const),
    ),
  ]);
  const newestJournaled = journaled[0]?.newest ?? undefined;
  return [
    {
      view: JOURNAL,
      create: (report, required) =>
        checkJournal(db, aggregateId, newestJournaled, required, report),
    },
    ...rows.map(([view, rows]): NamedCheck => {
      const oracle = registered.oracles.find((each) => each.view === view.name);
      const checked = { db, view, aggregate, oracle, id, rows };
      return {
        view: view.name,
        create: (report, required) => checkPostgresView(checked, required, report),
      };
    }),
    ...items.map(
      ([view, stored]): NamedCheck => ({
        view: view.name,
        create: (report, required) => checkHotView(view, id, stored, required, report),
      }),
    ),
  ];
}
