import { z } from 'zod';
import type { ViewsAt } from '#lib/contracts/aggregates.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { getViewsAt } from '#server/runtime/time-travel/get-views-at.ts';

export const viewsAtQuerySchema = z.object({ sequence: z.coerce.number().int().min(0) });

/** What every view held of an aggregate after an event: `getViewsAt`, as it travels. */
export async function getViewsAtAnswer(
  store: EventStore,
  registered: RegisteredViews,
  aggregateId: string,
  { sequence }: z.infer<typeof viewsAtQuerySchema>,
): Promise<ViewsAt> {
  const views = await getViewsAt(store, registered, aggregateId, sequence);
  return {
    views: views.map(({ tables, ...view }) => ({
      ...view,
      tables: tables.map(({ rows, ...table }) => ({ ...table, rows: rows.map(toPlain) })),
    })),
  };
}

/** Minor units (bigint) as texts; JSON knows the rest. */
function toPlain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(row, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  );
}
