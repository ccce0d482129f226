import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import type { Held, PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Row } from '#server/runtime/views/write-rows.ts';

/** What a view's tables hold of one aggregate after batches of its events, as the runtime writes them. */
export function foldView<State extends Held, Event extends DomainEvent>(
  view: PostgresView<State, Event>,
  batches: readonly (readonly FollowingEvent<Event>[])[],
  id: string,
): Row[][] {
  const tables = view.tables.map((table) => ({ ...table, rows: new Map<string, Row>() }));
  let held = view.initial;
  for (const batch of batches) {
    const folded = view.fold(held, batch, id);
    held = folded.held;
    for (const [index, { in: tableIn, write, rows }] of tables.entries()) {
      if (write === 'replace') {
        rows.clear();
      }
      for (const row of folded.rows[index] ?? []) {
        const key = keyOf(tableIn(LIVE_SCHEMA), row);
        if (write !== 'upsert' && rows.has(key)) {
          throw new Error(`The row ${key} is there already.`);
        }
        rows.set(key, row);
      }
    }
  }
  return tables.map(({ rows }) =>
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  );
}

function keyOf(table: PgTable, row: Row): string {
  const { primaryKeys, columns } = getTableConfig(table);
  const primary = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  const keys = Object.entries(getTableColumns(table))
    .filter(([, column]) => primary.some(({ name }) => name === column.name))
    .map(([key]) => row[key]);
  return JSON.stringify(keys);
}
