import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type { NewWebhook, WebhookChange } from '#lib/contracts/webhooks.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { parseWebhookTarget } from '#lib/webhook-target.ts';
import { journal, journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { type AttemptOptions, attemptDelivery, toLogEntry } from './attempt-delivery.ts';
import {
  NO_REACH,
  type Reach,
  requireTarget,
  toEntityFilter,
  toRefusedUrl,
} from './check-webhook.ts';
import { findWebhook, toNotFound } from './list-webhooks.ts';
import { requireNoGap } from './preview-replay.ts';
import { createWebhookSecret, OLD_SECRET_MS } from './sign-webhook.ts';
import { webhookDeliveries, webhookSecrets, webhooks } from './webhooks-table.ts';

type Webhook = typeof webhooks.$inferSelect;

/** Each of them adds a signature to every request. */
const MOST_SECRETS_A_DAY = 5;

/**
 * Makes a webhook, which is sent what comes from now on. Answers with its secret, which is shown nowhere else; null
 * where it sends to AWS, by the worker's credentials. Throws INVALID_INPUT for what is no address, and for a name that
 * is taken.
 */
export async function createWebhook(
  db: Db,
  { name, url, sends, ...types }: NewWebhook,
  operator: Operator,
  reach: Reach = NO_REACH,
): Promise<string | null> {
  const isSigned = requireTarget(url, reach).kind === 'http';
  const filter = { sends, ...(sends === 'entities' ? toEntityFilter(types, reach) : types) };
  const secret = isSigned ? createWebhookSecret() : null;
  await db.transaction(async (tx) => {
    const [head] = await tx.select({ position: journalHead.position }).from(journalHead);
    const made = await tx
      .insert(webhooks)
      .values({ name, url, ...filter, position: head?.position ?? 0 })
      .onConflictDoNothing()
      .returning({ name: webhooks.name });
    if (made.length === 0) {
      const sentence = `There is a webhook “${name}” already: choose another name.`;
      throw new PlayheadError('INVALID_INPUT', sentence, { field: 'name' });
    }
    if (secret !== null) {
      await tx.insert(webhookSecrets).values({ name, secret });
    }
    await recordOperatorAction(tx, operator, 'create-webhook', toSubject(name), { url, ...filter });
  });
  return secret;
}

/**
 * Gives a webhook a new secret, and answers with it: it is shown nowhere else. The one before goes on signing beside it
 * for a day. Throws WEBHOOK_NOT_FOUND, WEBHOOK_ROTATED_OFTEN for one that was given several in a day, and INVALID_INPUT
 * for one that sends to AWS.
 */
export async function rotateWebhookSecret(
  db: Db,
  name: string,
  operator: Operator,
): Promise<string> {
  const secret = createWebhookSecret();
  await db.transaction(async (tx) => {
    const { createdAt } = webhookSecrets;
    // The web server's role may read when a secret was made, and lock nothing.
    const made = await tx
      .select({ createdAt })
      .from(webhookSecrets)
      .where(eq(webhookSecrets.name, name));
    if (made.length === 0) {
      await findWebhook(tx, name);
      const sentence = `“${name}” sends to AWS by the worker’s credentials, and has no secret.`;
      throw new PlayheadError('INVALID_INPUT', sentence, { field: 'webhook' });
    }
    const since = Date.now() - OLD_SECRET_MS;
    if (made.filter((each) => each.createdAt.getTime() > since).length >= MOST_SECRETS_A_DAY) {
      const sentence = `“${name}” was given ${MOST_SECRETS_A_DAY} secrets within a day, all of which sign: wait, or make another webhook.`;
      throw new PlayheadError('WEBHOOK_ROTATED_OFTEN', sentence);
    }
    await tx.insert(webhookSecrets).values({ name, secret });
    await recordOperatorAction(tx, operator, 'rotate-webhook-secret', toSubject(name));
  });
  return secret;
}

/**
 * Changes where a webhook sends, or what; its position stays. False when it is so already. Throws WEBHOOK_NOT_FOUND,
 * and INVALID_INPUT for what is no address, or one of another kind.
 */
export function changeWebhook(
  db: Db,
  name: string,
  { url, aggregateTypes, eventTypes }: WebhookChange,
  operator: Operator,
  reach: Reach = NO_REACH,
): Promise<boolean> {
  const target = url === undefined ? undefined : requireTarget(url, reach);
  const effect = {
    ...(url !== undefined && { url }),
    ...(aggregateTypes !== undefined && { aggregateTypes }),
    ...(eventTypes !== undefined && { eventTypes }),
  };
  const work = async (tx: Tx, before: Webhook) => {
    if (target !== undefined && target.kind !== parseWebhookTarget(before.url)?.kind) {
      // What is sent by HTTP has a secret, which is shown when a webhook is made.
      throw toRefusedUrl(
        'A webhook sends by HTTP, to SNS or to EventBridge for good: make another.',
      );
    }
    const after = { ...before, ...effect };
    const types = before.sends === 'entities' ? toEntityFilter(after, reach) : {};
    if (isDeepStrictEqual({ ...after, ...types }, before)) {
      return false;
    }
    // Another receiver is not to wait for what the one before did.
    await tx
      .update(webhooks)
      .set({ ...AFRESH, ...effect, ...types })
      .where(eq(webhooks.name, name));
    return true;
  };
  return change(db, name, operator, 'change-webhook', work, effect);
}

/** Stops a webhook until it is resumed. False when it does not run. Throws WEBHOOK_NOT_FOUND. */
export function pauseWebhook(db: Db, name: string, operator: Operator): Promise<boolean> {
  return change(db, name, operator, 'pause-webhook', async (tx, { status }) => {
    if (status !== 'active') {
      return false;
    }
    await tx.update(webhooks).set({ status: 'paused' }).where(eq(webhooks.name, name));
    return true;
  });
}

/** Lets a webhook that was paused or disabled go on where it stood. False when it runs. Throws WEBHOOK_NOT_FOUND. */
export function resumeWebhook(db: Db, name: string, operator: Operator): Promise<boolean> {
  return change(db, name, operator, 'resume-webhook', async (tx, { status }) => {
    if (status === 'active') {
      return false;
    }
    await tx
      .update(webhooks)
      .set({ ...AFRESH, status: 'active' })
      .where(eq(webhooks.name, name));
    return true;
  });
}

/** Sends everything behind a position again. Answers with how many events of the journal that is. Throws WEBHOOK_NOT_FOUND, and INVALID_INPUT for what would leave events out. */
export async function replayWebhook(
  db: Db,
  name: string,
  after: number,
  operator: Operator,
): Promise<number> {
  const [head] = await db.select({ position: journalHead.position }).from(journalHead);
  const { position } = await find(db, name);
  requireNoGap(position, after);
  const events = Math.max(0, (head?.position ?? 0) - after);
  const effect = { after, events };
  await change(
    db,
    name,
    operator,
    'replay-webhook',
    async (tx) => {
      await tx
        .update(webhooks)
        .set({ ...AFRESH, position: after, ahead: [] })
        .where(eq(webhooks.name, name));
      return true;
    },
    effect,
  );
  return events;
}

/** Removes a webhook with its log. Throws WEBHOOK_NOT_FOUND. */
export async function deleteWebhook(db: Db, name: string, operator: Operator): Promise<void> {
  await change(db, name, operator, 'delete-webhook', async (tx) => {
    await tx.delete(webhooks).where(eq(webhooks.name, name));
    return true;
  });
}

/**
 * Sends one event again, whatever the webhook's status is; its position stays. Answers with the attempt. Throws
 * WEBHOOK_NOT_FOUND, and EVENT_NOT_FOUND for a position that the journal has not, or whose event changed no entity where
 * the webhook is sent entities.
 */
export async function redeliver(
  db: Db,
  { name, position, ...options }: AttemptOptions & { name: string; position: number },
  operator: Operator,
): Promise<typeof webhookDeliveries.$inferInsert> {
  const webhook = await find(db, name);
  const secrets = await db.select().from(webhookSecrets).where(eq(webhookSecrets.name, name));
  const [row] = await db.select().from(journal).where(eq(journal.position, position));
  const event = row && webhook.sends === 'entities' ? await options.toEntityRow(row) : row;
  if (event === undefined) {
    const sentence =
      row === undefined
        ? `The journal has no event at position ${position}.`
        : `The event at position ${position} changed nothing of an entity.`;
    throw new PlayheadError('EVENT_NOT_FOUND', sentence, { field: 'position' });
  }
  const once = { ...webhook, secrets, ...AFRESH };
  const signal = new AbortController().signal;
  const [attempted] = await attemptDelivery(options, once, [event], signal);
  const entry = toLogEntry(once, attempted);
  await db.transaction(async (tx) => {
    await tx.insert(webhookDeliveries).values(entry);
    const effect = { position, outcome: entry.outcome, httpStatus: entry.httpStatus };
    await recordOperatorAction(tx, operator, 'redeliver-webhook', toSubject(name), effect);
  });
  return entry;
}

const AFRESH = {
  attempts: 0,
  refusals: 0,
  failingSince: null,
  lastError: null,
  nextAttemptAt: null,
};

async function change(
  db: Db,
  name: string,
  operator: Operator,
  action: string,
  work: (tx: Tx, webhook: Webhook) => Promise<boolean>,
  effect: Record<string, unknown> = {},
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const webhook = await find(tx, name);
    const changed = await work(tx, webhook);
    if (changed) {
      await recordOperatorAction(tx, operator, action, toSubject(name), effect);
    }
    return changed;
  });
}

async function find(db: Db | Tx, name: string): Promise<Webhook> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.name, name)).for('update');
  if (webhook === undefined) {
    throw toNotFound(name);
  }
  return webhook;
}

/** As the record of actions names it. */
function toSubject(name: string): string {
  return `webhook:${name}`;
}
