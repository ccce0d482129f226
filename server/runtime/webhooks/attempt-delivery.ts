import { parseWebhookTarget } from '#lib/webhook-target.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { type DeliveryAnswer, type DeliveryDecision, decideDelivery } from './decide-delivery.ts';
import type { ToEntityRow } from './entity-rows.ts';
import type { Outbound } from './outbound.ts';
import { postWebhook } from './post-webhook.ts';
import { signWebhook, toSigningSecrets, type WebhookSecret } from './sign-webhook.ts';
import { toBusEntry } from './to-bus-entry.ts';
import { toCloudEvent } from './to-cloud-event.ts';
import { toTopicMessage } from './to-topic-message.ts';
import type { webhookDeliveries, webhooks } from './webhooks-table.ts';

/** A webhook with what its requests are signed with. */
export type SignedWebhook = typeof webhooks.$inferSelect & {
  readonly secrets: readonly WebhookSecret[];
};

type Attempting = Pick<SignedWebhook, 'url' | 'secrets' | 'attempts' | 'refusals' | 'failingSince'>;

/** A row of the journal. */
export type JournalRow = typeof journal.$inferSelect;

export type AttemptOptions = {
  /** Whether receivers may be on this machine, or in a network behind it. */
  readonly allowsPrivate: boolean;
  /** Without it nothing is sent to SNS and EventBridge. */
  readonly outbound?: Outbound | undefined;
  /** For webhooks that are sent entities. */
  readonly toEntityRow: ToEntityRow;
  readonly now?: () => Date;
};

/** An attempt: the answer, or why there was none, and what comes of it. */
export type Attempted = {
  readonly event: JournalRow;
  readonly decision: DeliveryDecision;
  readonly answer: DeliveryAnswer;
  readonly milliseconds: number;
};

/**
 * One attempt to send events, several of them to EventBridge alone, with what came of each. Never throws: why there was
 * no answer is an answer.
 */
export async function attemptDelivery(
  options: AttemptOptions,
  webhook: Attempting,
  events: readonly [JournalRow, ...JournalRow[]],
  signal: AbortSignal,
): Promise<[Attempted, ...Attempted[]]> {
  const { now = () => new Date() } = options;
  const { attempts, refusals, failingSince } = webhook;
  const startedAt = now();
  const answers = await send(options, webhook, events, { signal, startedAt }).catch(
    (error: unknown) => events.map(() => ({ error: toErrorSentence(error) })),
  );
  const milliseconds = now().getTime() - startedAt.getTime();
  const toAttempted = (event: JournalRow, index: number): Attempted => {
    const answer = answers[index] ?? { error: 'There was no answer.' };
    const decision = decideDelivery({
      answer,
      attempt: attempts + 1,
      refusals,
      failingMs: failingSince === null ? 0 : startedAt.getTime() - failingSince.getTime(),
      random: Math.random(),
    });
    return { event, decision, answer, milliseconds };
  };
  const [first, ...others] = events;
  return [toAttempted(first, 0), ...others.map((event, index) => toAttempted(event, index + 1))];
}

/** An answer for each event, in their order. */
async function send(
  { allowsPrivate, outbound }: AttemptOptions,
  { url, secrets }: Attempting,
  events: readonly JournalRow[],
  { signal, startedAt }: { readonly signal: AbortSignal; readonly startedAt: Date },
): Promise<DeliveryAnswer[]> {
  const target = parseWebhookTarget(url);
  if (target?.kind === 'http') {
    const sendOne = async (event: JournalRow) => {
      const body = toCloudEvent(event);
      const headers = {
        'Content-Type': 'application/cloudevents+json; charset=utf-8',
        'User-Agent': 'Playhead',
        ...signWebhook(toSigningSecrets(secrets, startedAt), {
          id: event.eventId,
          body,
          now: startedAt,
        }),
      };
      return postWebhook(target.url, { headers, body, allowsPrivate, signal });
    };
    return Promise.all(events.map(sendOne));
  }
  if (target === undefined || outbound === undefined) {
    return events.map(() => NOT_SET);
  }
  return target.kind === 'sns'
    ? Promise.all(
        events.map((event) => outbound.publish(toTopicMessage(target.topicArn, event), signal)),
      )
    : outbound.putEvents(
        events.map((event) => toBusEntry(target.bus, event)),
        signal,
      );
}

const NOT_SET = { error: 'The worker has no PLAYHEAD_OUTBOUND_ENDPOINT, and reaches no AWS.' };

/** An attempt as the log has it. */
export function toLogEntry(
  { name, attempts }: Pick<SignedWebhook, 'name' | 'attempts'>,
  { event, decision, answer, milliseconds }: Attempted,
): typeof webhookDeliveries.$inferInsert {
  const { position, eventId, eventType, aggregateId } = event;
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
