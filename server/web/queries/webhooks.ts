import { z } from 'zod';
import type {
  WebhookState,
  webhookDeliveriesSchema,
  webhooksSchema,
} from '#lib/contracts/webhooks.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readCursor, toPage } from '#server/runtime/queries/keyset-page.ts';
import { pageParams } from '#server/runtime/queries/parse-query.ts';
import {
  findWebhook,
  listDeliveries,
  listWebhooks,
} from '#server/runtime/webhooks/list-webhooks.ts';

/** Every webhook, by name. */
export async function getWebhooks(db: Db): Promise<z.output<typeof webhooksSchema>> {
  return { items: (await listWebhooks(db)).map(toState) };
}

/** One webhook. Throws WEBHOOK_NOT_FOUND. */
export async function getWebhook(db: Db, name: string): Promise<WebhookState> {
  return toState(await findWebhook(db, name));
}

function toState(row: Awaited<ReturnType<typeof findWebhook>>): WebhookState {
  return {
    name: row.name,
    url: row.url,
    aggregateTypes: [...row.aggregateTypes],
    eventTypes: [...row.eventTypes],
    status: row.status,
    position: row.position,
    behind: row.behind,
    attempts: row.attempts,
    failingSince: row.failingSince?.toISOString() ?? null,
    lastError: row.lastError,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  };
}

export const deliveriesQuerySchema = z.object(pageParams);

const placeSchema = z.object({ id: z.number().int() });

/** A webhook's attempts, newest first; of one that is not there, none. */
export async function getDeliveries(
  db: Db,
  name: string,
  { cursor, limit }: z.output<typeof deliveriesQuerySchema>,
): Promise<z.output<typeof webhookDeliveriesSchema>> {
  const asked = readCursor(placeSchema, cursor);
  const range = { [asked.isBack ? 'after' : 'before']: asked.place?.id, limit: limit + 1 };
  const page = toPage(await listDeliveries(db, name, range), limit, asked, ({ id }) => ({ id }));
  return {
    items: page.rows.map(({ webhook: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    ...page.links,
  };
}
