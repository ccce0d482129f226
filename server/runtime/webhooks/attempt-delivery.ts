import type { journal } from '#server/runtime/journal/journal-table.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { type DeliveryDecision, decideDelivery } from './decide-delivery.ts';
import { postWebhook, type WebhookAnswer } from './post-webhook.ts';
import { signWebhook, toSigningSecrets, type WebhookSecret } from './sign-webhook.ts';
import { toCloudEvent } from './to-cloud-event.ts';
import type { webhookDeliveries, webhooks } from './webhooks-table.ts';

/** A webhook with what its requests are signed with. */
export type SignedWebhook = typeof webhooks.$inferSelect & {
  readonly secrets: readonly WebhookSecret[];
};

/** A row of the journal. */
export type JournalRow = typeof journal.$inferSelect;

export type AttemptOptions = {
  /** Whether receivers may be on this machine, or in a network behind it. */
  readonly allowsPrivate: boolean;
  readonly now?: () => Date;
};

/** An attempt: the answer, or why there was none, and what comes of it. */
export type Attempted = {
  readonly decision: DeliveryDecision;
  readonly answer: WebhookAnswer | { readonly error: string };
  readonly milliseconds: number;
};

/** One attempt. Never throws: why there was no answer is an answer. */
export async function attemptDelivery(
  { allowsPrivate, now = () => new Date() }: AttemptOptions,
  {
    url,
    secrets,
    attempts,
    refusals,
    failingSince,
  }: Pick<SignedWebhook, 'url' | 'secrets' | 'attempts' | 'refusals' | 'failingSince'>,
  event: JournalRow,
  signal: AbortSignal,
): Promise<Attempted> {
  const startedAt = now();
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

/** An attempt as the log has it. */
export function toLogEntry(
  { name, attempts }: Pick<SignedWebhook, 'name' | 'attempts'>,
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
