import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { parseWebhookTarget } from '#lib/webhook-target.ts';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { type Attempted, type SignedWebhook, toLogEntry } from './attempt-delivery.ts';
import { isFailed, toProgress } from './to-progress.ts';
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
  if (mine === undefined) {
    return undefined;
  }
  const secrets = await db.select().from(webhookSecrets).where(eq(webhookSecrets.name, name));
  const isDeleted = secrets.length === 0 && parseWebhookTarget(mine.url)?.kind === 'http';
  return isDeleted ? undefined : { ...mine, secrets, seenHead: seen?.head ?? 0 };
}

/** What this worker has is another's at once; without it, when the claims end. */
export async function giveWebhooksBack(db: Db, workerId: string): Promise<void> {
  const nobody = { claimedBy: null, claimedUntil: null };
  await db.update(webhooks).set(nobody).where(eq(webhooks.claimedBy, workerId));
}

/** Moves a webhook for which there is nothing to send up to a position. */
export async function skipTo(
  db: Db,
  webhook: ClaimedWebhook,
  workerId: string,
  position: number,
): Promise<void> {
  await db
    .update(webhooks)
    .set({ position: Math.max(webhook.position, position) })
    .where(isMine(webhook, workerId));
}

/** Writes down what came of attempts, and where the webhook is then, unless somebody has moved it meanwhile. */
export async function noteAttempts(
  db: Db,
  webhook: SignedWebhook,
  workerId: string,
  attempted: readonly Attempted[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const { name } = webhooks;
    const there = await tx
      .select({ name })
      .from(webhooks)
      .where(eq(name, webhook.name))
      .for('update');
    if (there.length > 0) {
      // Also of one that was paused meanwhile: it was sent.
      await tx.insert(webhookDeliveries).values(attempted.map((each) => toLogEntry(webhook, each)));
      await tx.update(webhooks).set(toChange(webhook, attempted)).where(isMine(webhook, workerId));
    }
  });
}

function toChange(webhook: SignedWebhook, attempted: readonly Attempted[]) {
  const progress = toProgress(webhook, attempted);
  const sent = attempted.some(({ decision }) => decision.kind === 'sent');
  // Until the receiver takes something, it takes nothing.
  const since = (sent ? null : webhook.failingSince) ?? sql`clock_timestamp()`;
  const failed = attempted.find(({ decision }) => isFailed(decision))?.decision;
  if (failed?.kind === 'retry') {
    return {
      ...progress,
      attempts: webhook.attempts + 1,
      refusals: webhook.refusals + (failed.isRefused ? 1 : 0),
      failingSince: since,
      lastError: failed.error,
      nextAttemptAt: claimedFor(failed.waitMs),
    };
  }
  if (failed?.kind === 'disable') {
    return { ...progress, status: 'disabled' as const, lastError: failed.error };
  }
  const next = { ...progress, attempts: 0, refusals: 0, nextAttemptAt: null };
  const last = attempted.at(-1);
  return last?.decision.kind === 'set-aside'
    ? {
        ...next,
        failingSince: since,
        lastError: `Event ${last.event.position} was set aside: ${last.decision.error}`,
      }
    : { ...next, failingSince: null, lastError: null };
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
