/** Where a webhook sends: to a receiver by HTTP, to a FIFO topic of SNS, or to an event bus of EventBridge. */
export type WebhookTarget =
  | { readonly kind: 'http'; readonly url: URL }
  | { readonly kind: 'sns'; readonly topicArn: string }
  /** A bus of the same account by its name, or any by its ARN. */
  | { readonly kind: 'eventbridge'; readonly bus: string };

/** What people call each kind. */
export const TARGET_LABELS: Readonly<Record<WebhookTarget['kind'], string>> = {
  http: 'HTTP',
  sns: 'SNS',
  eventbridge: 'EventBridge',
};

const SNS = /^sns:(arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,251}\.fifo)$/;
const EVENTBRIDGE =
  /^eventbridge:(arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}|[\w./-]{1,256})$/;

/** Reads a webhook's address; undefined for what is none. Pure. */
export function parseWebhookTarget(text: string): WebhookTarget | undefined {
  const topicArn = SNS.exec(text)?.[1];
  if (topicArn !== undefined) {
    return { kind: 'sns', topicArn };
  }
  const bus = EVENTBRIDGE.exec(text)?.[1];
  if (bus !== undefined) {
    return { kind: 'eventbridge', bus };
  }
  return /^https?:/i.test(text) && URL.canParse(text)
    ? { kind: 'http', url: new URL(text) }
    : undefined;
}
