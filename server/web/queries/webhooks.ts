import { z } from 'zod';
import type { webhookDeliveriesSchema, webhooksSchema } from '#lib/contracts/webhooks.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { listDeliveries, listWebhooks } from '#server/runtime/webhooks/list-webhooks.ts';

/** Every webhook, by name. */
export async function getWebhooks(db: Db): Promise<z.output<typeof webhooksSchema>> {
  const rows = await listWebhooks(db);
  return {
    items: rows.map(({ failingSince, nextAttemptAt, aggregateTypes, eventTypes, ...row }) => ({
      name: row.name,
      url: row.url,
      aggregateTypes: [...aggregateTypes],
      eventTypes: [...eventTypes],
      status: row.status,
      position: row.position,
      behind: row.behind,
      attempts: row.attempts,
      failingSince: failingSince?.toISOString() ?? null,
      lastError: row.lastError,
      nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    })),
  };
}

export const deliveriesQuerySchema = z.object({
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A webhook's attempts, newest first; of one that is not there, none. */
export async function getDeliveries(
  db: Db,
  name: string,
  { cursor, limit }: z.output<typeof deliveriesQuerySchema>,
): Promise<z.output<typeof webhookDeliveriesSchema>> {
  const rows = await listDeliveries(db, name, { before: cursor, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return {
    items: items.map(({ webhook: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    nextCursor: rows.length > limit ? `${items.at(-1)?.id ?? ''}` : null,
  };
}
