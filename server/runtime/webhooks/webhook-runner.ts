import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { journal, journalHead } from '#server/runtime/journal/journal-table.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import { type DeliveryDecision, decideDelivery } from './decide-delivery.ts';
import { postWebhook, type WebhookAnswer } from './post-webhook.ts';
import { signWebhook } from './sign-webhook.ts';
import { toCloudEvent } from './to-cloud-event.ts';
import { webhookDeliveries, webhookSecrets, webhooks } from './webhooks-table.ts';

/** Longer than an attempt takes; a dead worker's webhooks are another's after that. */
const CLAIM_MS = 30_000;

/** Notifications only save time: this often every webhook is looked at. */
const LOOK_MS = 1_000;

/** So often what is too old in the log is removed. */
const PRUNE_MS = 3_600_000;

/** The delivery log reaches back so far. */
const LOG_DAYS = 30;

type Options = {
  readonly db: Db;
  readonly workerId: string;
  readonly logger: Logger;
  /** Whether receivers may be on this machine, or in a network behind it. */
  readonly allowsPrivate: boolean;
  readonly now?: () => Date;
};

type Webhook = typeof webhooks.$inferSelect & { readonly secret: string };
type JournalRow = typeof journal.$inferSelect;

export type WebhookRunner = {
  /** Something may be to be sent. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Sends the journal's events to webhooks, each webhook's one after another and in the journal's order, and each at
 * least once: the position moves when the receiver has taken an event. What is sent again has the same id. Several
 * workers share the webhooks by claims.
 */
export function createWebhookRunner(options: Options): WebhookRunner {
  const { db, logger } = options;
  const news = createWakeSignal();
  const stopping = new AbortController();
  const fault = createFault(logger, 'webhooks');

  let prunedAt = 0;
  /** One loop for each webhook: a slow receiver keeps no other waiting. */
  const sending = new Map<string, Promise<void>>();

  async function begin(name: string): Promise<void> {
    try {
      while (!stopping.signal.aborted && (await sendFor(options, name, stopping.signal))) {
        // Until there is nothing to send now.
      }
    } catch (error) {
      fault.note(error);
    } finally {
      sending.delete(name);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (Date.now() - prunedAt > PRUNE_MS) {
          await pruneLog(db);
          prunedAt = Date.now();
        }
        for (const { name } of await listDue(db)) {
          if (!sending.has(name)) {
            sending.set(name, begin(name));
          }
        }
        fault.clear();
      } catch (error) {
        fault.note(error);
      }
      await news.sleep(LOOK_MS);
    }
  }

  const running = run();
  return {
    wake: news.wake,
    stop: async () => {
      stopping.abort();
      news.wake();
      await running;
      await Promise.all(sending.values());
      await giveBack(options).catch(fault.note);
    },
  };
}

/** What this worker has is another's at once; without it, when the claims end. */
async function giveBack({ db, workerId }: Options): Promise<void> {
  const nobody = { claimedBy: null, claimedUntil: null };
  await db.update(webhooks).set(nobody).where(eq(webhooks.claimedBy, workerId));
}

/** Webhooks that have something to send now, as far as that is known without looking at the events. */
function listDue(db: Db): Promise<{ name: string }[]> {
  return db
    .select({ name: webhooks.name })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.status, 'active'),
        sql`${webhooks.position} < (SELECT coalesce(max(${journalHead.position}), 0) FROM ${journalHead})`,
        or(isNull(webhooks.nextAttemptAt), lte(webhooks.nextAttemptAt, sql`clock_timestamp()`)),
      ),
    );
}

/** Sends the next event of a webhook, if this worker has it and there is one. Answers whether it went on. */
async function sendFor(options: Options, name: string, signal: AbortSignal): Promise<boolean> {
  const { db, workerId } = options;
  const webhook = await claim(db, name, workerId);
  if (webhook === undefined) {
    return false;
  }
  const [event] = await db
    .select()
    .from(journal)
    .where(and(gt(journal.position, webhook.position), toFilter(webhook)))
    .orderBy(asc(journal.position))
    .limit(1);
  if (event === undefined) {
    // What is not meant is not looked at again. The head was read before the journal: what came between is looked
    // at the next time.
    await db
      .update(webhooks)
      .set({ position: Math.max(webhook.position, webhook.seenHead) })
      .where(isMine(webhook, workerId));
    return false;
  }
  const { decision, answer, milliseconds } = await attemptDelivery(options, webhook, event, signal);
  // It was given up, and is another's to send.
  if (signal.aborted && 'error' in answer) {
    return false;
  }
  await note(db, webhook, event, workerId, { decision, answer, milliseconds });
  return decision.kind !== 'retry';
}

async function claim(
  db: Db,
  name: string,
  workerId: string,
): Promise<(Webhook & { readonly seenHead: number }) | undefined> {
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
  const [row] =
    mine === undefined
      ? []
      : await db.select().from(webhookSecrets).where(eq(webhookSecrets.name, name));
  return mine && row && { ...mine, secret: row.secret, seenHead: seen?.head ?? 0 };
}

/** One attempt. Never throws: why there was no answer is an answer. */
export async function attemptDelivery(
  { allowsPrivate, now = () => new Date() }: Pick<Options, 'allowsPrivate' | 'now'>,
  {
    url,
    secret,
    attempts,
    refusals,
    failingSince,
  }: Pick<Webhook, 'url' | 'secret' | 'attempts' | 'refusals' | 'failingSince'>,
  event: JournalRow,
  signal: AbortSignal,
): Promise<{
  decision: DeliveryDecision;
  answer: WebhookAnswer | { readonly error: string };
  milliseconds: number;
}> {
  const startedAt = now();
  const body = toCloudEvent(event);
  const headers = {
    'Content-Type': 'application/cloudevents+json; charset=utf-8',
    'User-Agent': 'Playhead',
    ...signWebhook(secret, { id: event.eventId, body, now: startedAt }),
  };
  const answer = await postWebhook(new URL(url), { headers, body, allowsPrivate, signal }).catch(
    (error: unknown) => ({ error: toErrorSentence(error) }),
  );
  const decision = decideDelivery({
    answer,
    attempt: attempts + 1,
    refusals,
    failingMs: failingSince === null ? 0 : startedAt.getTime() - failingSince.getTime(),
    random: Math.random(),
  });
  return { decision, answer, milliseconds: now().getTime() - startedAt.getTime() };
}

type Attempted = Awaited<ReturnType<typeof attemptDelivery>>;

/** Writes down what came of an attempt, and where the webhook is then: nothing when it is not this worker's any more. */
async function note(
  db: Db,
  webhook: Webhook,
  event: JournalRow,
  workerId: string,
  attempted: Attempted,
): Promise<void> {
  const { decision } = attempted;
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(webhooks)
      .set(toChange(webhook, event, decision))
      .where(isMine(webhook, workerId))
      .returning({ name: webhooks.name });
    if (moved.length > 0) {
      await tx.insert(webhookDeliveries).values(toLogEntry(webhook, event, attempted));
    }
  });
}

/** An attempt as the log has it. */
export function toLogEntry(
  { name, attempts }: Pick<Webhook, 'name' | 'attempts'>,
  { position, eventId, eventType, aggregateId }: JournalRow,
  { decision, answer, milliseconds }: Attempted,
): typeof webhookDeliveries.$inferInsert {
  const outcome =
    decision.kind === 'sent' || decision.kind === 'set-aside' ? decision.kind : 'failed';
  return {
    webhook: name,
    position,
    eventId,
    eventType,
    aggregateId,
    attempt: attempts + 1,
    outcome,
    httpStatus: 'status' in answer ? answer.status : null,
    error: 'error' in decision ? decision.error : null,
    milliseconds,
  };
}

function toChange(webhook: Webhook, { position }: JournalRow, decision: DeliveryDecision) {
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
function isMine({ name, position }: Webhook, workerId: string): SQL | undefined {
  return and(
    eq(webhooks.name, name),
    eq(webhooks.position, position),
    eq(webhooks.status, 'active'),
    eq(webhooks.claimedBy, workerId),
  );
}

function toFilter({ aggregateTypes, eventTypes }: Webhook): SQL | undefined {
  return and(
    aggregateTypes.length === 0
      ? undefined
      : inArray(sql`split_part(${journal.aggregateId}, '#', 1)`, [...aggregateTypes]),
    eventTypes.length === 0 ? undefined : inArray(journal.eventType, [...eventTypes]),
  );
}

async function pruneLog(db: Db): Promise<void> {
  await db
    .delete(webhookDeliveries)
    .where(sql`${webhookDeliveries.at} < clock_timestamp() - make_interval(days => ${LOG_DAYS})`);
}
