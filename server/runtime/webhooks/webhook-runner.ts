import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { parseWebhookTarget } from '#lib/webhook-target.ts';
import { isOfTypes } from '#server/runtime/journal/is-of-types.ts';
import { journal, journalHead } from '#server/runtime/journal/journal-table.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import {
  type Attempted,
  type AttemptOptions,
  attemptDelivery,
  type JournalRow,
  type SignedWebhook,
} from './attempt-delivery.ts';
import { chooseBatch, MOST_ENTRIES } from './choose-batch.ts';
import { OLD_SECRET_MS } from './sign-webhook.ts';
import { claimWebhook, giveWebhooksBack, noteAttempts, skipTo } from './webhook-progress.ts';
import { webhookDeliveries, webhookSecrets, webhooks } from './webhooks-table.ts';

/** Notifications only save time: this often every webhook is looked at. */
const LOOK_MS = 1_000;

/** So often what is too old in the log is removed, and secrets that sign no more. */
const PRUNE_MS = 3_600_000;

/** The delivery log reaches back so far. */
const LOG_DAYS = 30;

type Options = AttemptOptions & {
  readonly db: Db;
  readonly workerId: string;
  readonly logger: Logger;
};

export type WebhookRunner = {
  /** Something may be to be sent. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Sends the journal's events to webhooks, each webhook's one after another and in the journal's order (to EventBridge
 * some of different aggregates at once), and each at least once: the position moves when the receiver has taken an
 * event. What is sent again has the same id. Several workers share the webhooks by claims.
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
          await pruneSecrets(db);
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
      await giveWebhooksBack(db, options.workerId).catch(fault.note);
    },
  };
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

/** Sends what a webhook is to send next, if this worker has it and there is any. Answers whether it went on. */
async function sendFor(options: Options, name: string, signal: AbortSignal): Promise<boolean> {
  const { db, workerId } = options;
  const webhook = await claimWebhook(db, name, workerId);
  if (webhook === undefined) {
    return false;
  }
  const isBatched = parseWebhookTarget(webhook.url)?.kind === 'eventbridge';
  const next = await db
    .select()
    .from(journal)
    .where(
      and(
        gt(journal.position, webhook.position),
        isOfTypes(webhook.aggregateTypes, webhook.eventTypes),
      ),
    )
    .orderBy(asc(journal.position))
    .limit(isBatched || webhook.sends === 'entities' ? MOST_ENTRIES : 1);
  const meant = await toMeant(options, webhook, next, isBatched ? MOST_ENTRIES : 1);
  if ('unreadable' in meant) {
    await noteAttempts(db, webhook, workerId, [meant.unreadable]);
    return true;
  }
  const [first, ...others] = chooseBatch(meant.rows, webhook);
  if (first === undefined) {
    // What is not meant is not looked at again. The head was read before the journal: what came between is looked
    // at the next time.
    await skipTo(db, webhook, workerId, next.at(-1)?.position ?? webhook.seenHead);
    return next.length > 0;
  }
  const attempted = await attemptDelivery(options, webhook, [first, ...others], signal);
  // It was given up, and is another's to send.
  if (signal.aborted && attempted.every(({ answer }) => 'error' in answer)) {
    return false;
  }
  await noteAttempts(db, webhook, workerId, attempted);
  return attempted.every(({ decision }) => decision.kind !== 'retry');
}

/**
 * Of the next events what the webhook is sent, at most so many: the events, or what they made of entities, where that
 * changed. An event of which nothing can be made is set aside, as one that the receiver refuses.
 */
async function toMeant(
  { toEntityRow }: AttemptOptions,
  { sends }: SignedWebhook,
  next: readonly JournalRow[],
  most: number,
): Promise<{ readonly rows: readonly JournalRow[] } | { readonly unreadable: Attempted }> {
  if (sends === 'events') {
    return { rows: next };
  }
  const rows: JournalRow[] = [];
  for (const event of next) {
    try {
      const row = await toEntityRow(event);
      rows.push(...(row === undefined ? [] : [row]));
    } catch (problem) {
      if (categorize(problem) === 'transient') {
        throw problem;
      }
      if (rows.length === 0) {
        const error = toErrorSentence(problem);
        const decision = { kind: 'set-aside' as const, error };
        return { unreadable: { event, decision, answer: { error }, milliseconds: 0 } };
      }
      break;
    }
    if (rows.length === most) {
      break;
    }
  }
  return { rows };
}

async function pruneLog(db: Db): Promise<void> {
  await db
    .delete(webhookDeliveries)
    .where(sql`${webhookDeliveries.at} < clock_timestamp() - make_interval(days => ${LOG_DAYS})`);
}

/** A secret that signs no more is not kept. */
async function pruneSecrets(db: Db): Promise<void> {
  const { name, createdAt } = webhookSecrets;
  await db.delete(webhookSecrets).where(sql`EXISTS (
    SELECT FROM ${webhookSecrets} AS newer
    WHERE newer.name = ${name} AND newer.created_at > ${createdAt}
      AND newer.created_at < clock_timestamp() - make_interval(secs => ${OLD_SECRET_MS / 1_000}))`);
}
