import { createHmac, randomBytes } from 'node:crypto';

const MARK = 'whsec_';

/** A new secret of a webhook, as Standard Webhooks writes it. */
export function createWebhookSecret(): string {
  return MARK + randomBytes(32).toString('base64');
}

/** A secret goes on signing for so long after another has replaced it: a receiver has that time to take the new one. */
export const OLD_SECRET_MS = 24 * 3_600_000;

export type WebhookSecret = { readonly secret: string; readonly createdAt: Date };

/** The secrets that sign at a time, the newest first: that one, and those that were replaced less than a day before. */
export function toSigningSecrets(secrets: readonly WebhookSecret[], now: Date): string[] {
  const newestFirst = secrets.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return newestFirst.flatMap(({ secret }, index) => {
    const replacedAt = newestFirst[index - 1]?.createdAt.getTime() ?? Number.POSITIVE_INFINITY;
    return now.getTime() < replacedAt + OLD_SECRET_MS ? [secret] : [];
  });
}

/**
 * The fields of the header that prove who sent a message, when, and that it is whole
 * (https://www.standardwebhooks.com, symmetric signatures): one signature by each secret, any of which proves it. The
 * id stays the same when it is sent again.
 */
export function signWebhook(
  secrets: readonly string[],
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: Date },
): Readonly<Record<string, string>> {
  const timestamp = `${Math.floor(now.getTime() / 1_000)}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(MARK.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
