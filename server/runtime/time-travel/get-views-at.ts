import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { isFailed } from '#server/runtime/hot-views/history-entry.ts';
import type { HotItem } from '#server/runtime/hot-views/hot-view.ts';
import { readHistory } from '#server/runtime/hot-views/read-history.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { byKey } from '#server/runtime/views/by-key.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { tableNameOf } from '#server/runtime/views/table-name-of.ts';
import type { Row } from '#server/runtime/views/write-rows.ts';
import { checkSequence, requireVersion } from './require-version.ts';

/** Rows of a table that are shown: the last ones. */
const MOST_ROWS = 20;

/** What a view held of an aggregate: its newest rows, and how many there were. */
export type HeldView = {
  readonly view: string;
  readonly database: 'PostgreSQL' | 'DynamoDB';
  readonly tables: readonly {
    readonly name: string;
    readonly rows: readonly Row[];
    readonly count: number;
  }[];
  /** Why nothing is known of it: an event up to there that it cannot take. */
  readonly problem: string | null;
};

/**
 * What every view held of an aggregate after its event `sequence`, by the view's own fold of the event
 * store's events. It reads them from the first one on, portion by portion. Throws AGGREGATE_NOT_FOUND and
 * SEQUENCE_NOT_FOUND.
 */
export async function getViewsAt(
  store: EventStore,
  { views, hotViews }: RegisteredViews,
  aggregateId: string,
  sequence: number,
): Promise<HeldView[]> {
  checkSequence(aggregateId, sequence, await requireVersion(store, aggregateId));
  const { type, id } = parseAggregateId(aggregateId);
  const projected = views
    .filter(({ aggregate }) => aggregate.type === type)
    .map((view) => ({ view, fold: createFold(view, id), problem: null as string | null }));
  const hot = hotViews
    .filter(({ aggregate }) => aggregate.type === type)
    .map((view) => ({
      view,
      item: undefined as HotItem | undefined,
      problem: null as string | null,
    }));
  for await (const entries of readHistory(store, aggregateId, { from: 1, to: sequence })) {
    for (const entry of entries) {
      for (const each of [...projected, ...hot].filter(({ problem }) => problem === null)) {
        try {
          if (isFailed(entry)) {
            throw entry.error;
          }
          if ('fold' in each) {
            each.fold.take(entry.event);
          } else {
            each.item = each.view.fold(each.item, [entry.event]);
          }
        } catch (error) {
          each.problem = error instanceof Error ? error.message : String(error);
        }
      }
    }
  }
  return [
    ...projected.map(({ view, fold, problem }): HeldView => {
      return { view: view.name, database: 'PostgreSQL', tables: fold.tables(), problem };
    }),
    ...hot.map(({ view, item, problem }): HeldView => {
      const rows = item === undefined ? [] : [{ ...item }];
      const table = { name: view.name, rows, count: rows.length };
      return { view: view.name, database: 'DynamoDB', tables: [table], problem };
    }),
  ];
}

/** Folds events into the rows that a view would have. */
function createFold(view: PostgresView, id: string) {
  let held = view.initial;
  const tables = view.tables.map(() => new Map<string, Row>());
  return {
    take: (event: Parameters<PostgresView['fold']>[1][number]) => {
      const before = held.version;
      const folded = view.fold(held, [event], id);
      held = folded.held;
      for (const [index, { in: tableIn, write }] of view.tables.entries()) {
        const rows = tables[index];
        if (write === 'replace' && held.version !== before) {
          rows?.clear();
        }
        for (const [key, row] of byKey(
          tableIn(LIVE_SCHEMA),
          view.idColumn,
          folded.rows[index] ?? [],
        )) {
          rows?.set(key, row);
        }
      }
    },
    tables: () =>
      view.tables.map(({ in: tableIn }, index) => {
        const rows = [...(tables[index]?.values() ?? [])];
        return {
          name: tableNameOf(tableIn(LIVE_SCHEMA)),
          rows: rows.slice(-MOST_ROWS),
          count: rows.length,
        };
      }),
  };
}
