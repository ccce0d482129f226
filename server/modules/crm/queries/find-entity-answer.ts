import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { EntityAnswer } from '#lib/modules/crm/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { recordStateSchema } from '../domain/record-state.ts';
import { toMappable } from '../views/entity-row.ts';
import { columnsOf, toEntityRow } from './entities-page.ts';
import type { NamedKind } from './entity-kinds.ts';

export const entityQuerySchema = z.object(waitParams);

/**
 * A record as it came beside what became of it, from its view; with a `sequence`, once the view holds the
 * record's event of that number. Throws CRM_RECORD_NOT_FOUND and what `waitForEvent` throws.
 */
export async function findEntityAnswer(
  deps: WaitForEventDeps,
  { table, view, aggregateType, noun }: NamedKind,
  recordId: string,
  wait: z.output<typeof entityQuerySchema>,
): Promise<EntityAnswer> {
  await waitForEvent(deps, [view.name], toAggregateId(aggregateType, recordId), wait);
  return readSnapshot(deps.db, async (tx) => {
    const freshness = await getFreshness(tx, view);
    const [row] = await tx
      .select({ ...columnsOf(table), state: table.state })
      .from(table)
      .where(eq(table.recordId, recordId));
    if (row === undefined) {
      const sentence = `There is no ${noun} ${recordId} in the read model.`;
      throw new PlayheadError('CRM_RECORD_NOT_FOUND', sentence, { field: 'recordId' });
    }
    const state = recordStateSchema.parse(JSON.parse(row.state));
    return { entity: toEntityRow(row), raw: toMappable(state, recordId), freshness };
  });
}
