import { and, asc, desc, eq, gt, isNotNull, lt, ne, or } from 'drizzle-orm';
import type { FailingWebhook } from '#lib/contracts/system.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { webhookDeliveries, webhooks } from './webhooks-table.ts';

type Webhook = typeof webhooks.$inferSelect;
type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

/** Every webhook, by name, with how many events of the journal it has not looked at. */
export async function listWebhooks(
  db: Db | Tx,
): Promise<(Webhook & { readonly behind: number })[]> {
  const [head] = await db.select({ position: journalHead.position }).from(journalHead);
  const rows = await db.select().from(webhooks).orderBy(asc(webhooks.name));
  return rows.map((row) => ({ ...row, behind: Math.max(0, (head?.position ?? 0) - row.position) }));
}

/** One webhook, as `listWebhooks` has it. Throws WEBHOOK_NOT_FOUND. */
export async function findWebhook(
  db: Db | Tx,
  name: string,
): Promise<Webhook & { behind: number }> {
  const found = (await listWebhooks(db)).find((each) => each.name === name);
  if (found === undefined) {
    throw toNotFound(name);
  }
  return found;
}

/** The error of a webhook that is not there. */
export function toNotFound(name: string): PlayheadError {
  const sentence = `There is no webhook “${name.slice(0, 40)}”.`;
  return new PlayheadError('WEBHOOK_NOT_FOUND', sentence, { field: 'webhook' });
}

/** A webhook's attempts, newest first, older than one of them; or the next newer ones, the oldest of these first. */
export function listDeliveries(
  db: Db,
  name: string,
  {
    before,
    after,
    limit,
  }: {
    readonly before?: number | undefined;
    readonly after?: number | undefined;
    readonly limit: number;
  },
): Promise<WebhookDelivery[]> {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhook, name),
        before === undefined ? undefined : lt(webhookDeliveries.id, before),
        after === undefined ? undefined : gt(webhookDeliveries.id, after),
      ),
    )
    .orderBy((after === undefined ? desc : asc)(webhookDeliveries.id))
    .limit(limit);
}

/** The webhooks that are disabled, and those whose receiver takes nothing at the moment. */
export async function listFailingWebhooks(db: Db): Promise<FailingWebhook[]> {
  const { name, status, failingSince, lastError } = webhooks;
  const rows = await db
    .select({ name, status, failingSince, lastError })
    .from(webhooks)
    .where(and(ne(status, 'paused'), or(eq(status, 'disabled'), isNotNull(failingSince))))
    .orderBy(asc(name));
  return rows.map((row) => ({ ...row, failingSince: row.failingSince?.toISOString() ?? null }));
}
