import { createHmac, randomBytes } from 'node:crypto';

const MARK = 'whsec_';

/** A new secret of a webhook, as Standard Webhooks writes it. */
export function createWebhookSecret(): string {
  return MARK + randomBytes(32).toString('base64');
}

/**
 * The fields of the header that prove who sent a message, when, and that it is whole
 * (https://www.standardwebhooks.com, symmetric signatures). The id stays the same when it is sent again.
 */
export function signWebhook(
  secret: string,
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: Date },
): Readonly<Record<string, string>> {
  const timestamp = `${Math.floor(now.getTime() / 1_000)}`;
  const key = Buffer.from(secret.slice(MARK.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
