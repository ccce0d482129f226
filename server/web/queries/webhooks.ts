import { z } from 'zod';
import type {
  replayPreviewSchema,
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
import { previewReplay } from '#server/runtime/webhooks/preview-replay.ts';

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
    sends: row.sends,
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

/** From a position of the journal on, or from a time on; one of them. */
export const replayQuerySchema = z
  .object({
    position: z.coerce.number().int().min(0).optional(),
    since: z.iso
      .datetime({ offset: true })
      .refine((value) => Date.parse(value) >= 0, 'A time from 1970 on.')
      .optional(),
  })
  .refine(({ position, since }) => (position === undefined) !== (since === undefined), {
    message: 'Say from where: a position, or a time.',
    path: ['position'],
  });

/** What a replay would send. Throws WEBHOOK_NOT_FOUND, and INVALID_INPUT for what would leave events out. */
export function getReplayPreview(
  db: Db,
  name: string,
  { position = 0, since }: z.output<typeof replayQuerySchema>,
): Promise<z.output<typeof replayPreviewSchema>> {
  return previewReplay(db, name, since === undefined ? { position } : { since: new Date(since) });
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
