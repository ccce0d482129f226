import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Attempted,
  type JournalRow,
  type SignedWebhook,
  toLogEntry,
} from './attempt-delivery.ts';
import type { DeliveryDecision } from './decide-delivery.ts';
import { webhookDeliveries, webhookSecrets, webhooks } from './webhooks-table.ts';

/** Longer than an attempt takes; a dead worker's webhooks are another's after that. */
const CLAIM_MS = 30_000;

/** A webhook that a worker has; `seenHead`: the journal's newest position when it was claimed. */
export type ClaimedWebhook = SignedWebhook & { readonly seenHead: number };

/** Claims a webhook for a worker, or renews its claim; with the journal's head from before. Undefined when it is another's. */
export async function claimWebhook(
  db: Db,
  name: string,
  workerId: string,
): Promise<ClaimedWebhook | undefined> {
  const [seen] = await db.select({ head: journalHead.position }).from(journalHead);
  const [mine] = await db
    .update(webhooks)
    .set({ claimedBy: workerId, claimedUntil: claimedFor(CLAIM_MS) })
    .where(
      and(
        eq(webhooks.name, name),
        eq(webhooks.status, 'active'),
        or(
          eq(webhooks.claimedBy, workerId),
          sql`NOT ${isClaimed(webhooks.claimedUntil, CLAIM_MS)}`,
        ),
      ),
    )
    .returning();
  const secrets =
    mine === undefined
      ? []
      : await db.select().from(webhookSecrets).where(eq(webhookSecrets.name, name));
  return secrets.length === 0 ? undefined : mine && { ...mine, secrets, seenHead: seen?.head ?? 0 };
}

/** What this worker has is another's at once; without it, when the claims end. */
export async function giveWebhooksBack(db: Db, workerId: string): Promise<void> {
  const nobody = { claimedBy: null, claimedUntil: null };
  await db.update(webhooks).set(nobody).where(eq(webhooks.claimedBy, workerId));
}

/** Moves a webhook for which there was nothing to send up to the head that was seen. */
export async function skipToHead(db: Db, webhook: ClaimedWebhook, workerId: string): Promise<void> {
  await db
    .update(webhooks)
    .set({ position: Math.max(webhook.position, webhook.seenHead) })
    .where(isMine(webhook, workerId));
}

/** Writes down what came of an attempt, and where the webhook is then, unless somebody has moved it meanwhile. */
export async function noteAttempt(
  db: Db,
  webhook: SignedWebhook,
  event: JournalRow,
  workerId: string,
  attempted: Attempted,
): Promise<void> {
  const { decision } = attempted;
  await db.transaction(async (tx) => {
    const { name } = webhooks;
    const there = await tx
      .select({ name })
      .from(webhooks)
      .where(eq(name, webhook.name))
      .for('update');
    if (there.length > 0) {
      // Also of one that was paused meanwhile: it was sent.
      await tx.insert(webhookDeliveries).values(toLogEntry(webhook, event, attempted));
      await tx
        .update(webhooks)
        .set(toChange(webhook, event, decision))
        .where(isMine(webhook, workerId));
    }
  });
}

function toChange(webhook: SignedWebhook, { position }: JournalRow, decision: DeliveryDecision) {
  const next = { attempts: 0, refusals: 0, nextAttemptAt: null };
  const since = webhook.failingSince ?? sql`clock_timestamp()`;
  switch (decision.kind) {
    case 'sent':
      return { ...next, failingSince: null, lastError: null, position };
    case 'set-aside':
      return {
        ...next,
        position,
        // Until the receiver takes something, it takes nothing.
        failingSince: since,
        lastError: `Event ${position} was set aside: ${decision.error}`,
      };
    case 'retry':
      return {
        attempts: webhook.attempts + 1,
        refusals: webhook.refusals + (decision.isRefused ? 1 : 0),
        failingSince: since,
        lastError: decision.error,
        nextAttemptAt: claimedFor(decision.waitMs),
      };
    case 'disable':
      return { status: 'disabled' as const, lastError: decision.error };
  }
}

/** While the webhook is this worker's, and nobody has moved it. */
function isMine({ name, position }: SignedWebhook, workerId: string): SQL | undefined {
  return and(
    eq(webhooks.name, name),
    eq(webhooks.position, position),
    eq(webhooks.status, 'active'),
    eq(webhooks.claimedBy, workerId),
  );
}
