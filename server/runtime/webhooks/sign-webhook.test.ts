import { Webhook } from 'standardwebhooks';
import { expect, it, vi } from 'vitest';
import {
  createWebhookSecret,
  OLD_SECRET_MS,
  signWebhook,
  toSigningSecrets,
} from './sign-webhook.ts';

const message = { id: 'e-1', body: '{"a":"ü"}', now: new Date() };

it('is verified by who has the secret', () => {
  const secret = createWebhookSecret();
  const headers = signWebhook([secret], message);
  expect(new Webhook(secret).verify(message.body, headers)).toEqual({ a: 'ü' });
});

it('is refused when it was changed, is another’s, or is played again later', () => {
  const secret = createWebhookSecret();
  const receiver = new Webhook(secret);
  const headers = signWebhook([secret], message);
  expect(() => receiver.verify('{"a":"u"}', headers)).toThrow();
  expect(() => new Webhook(createWebhookSecret()).verify(message.body, headers)).toThrow();
  const old = signWebhook([secret], { ...message, now: new Date(Date.now() - 6 * 60_000) });
  expect(() => receiver.verify(message.body, old)).toThrow(/too old/);
});

it('is verified by the new secret and the old one for a day, and then by the new one alone', () => {
  const replacedAt = new Date('2026-03-01T12:00:00.000Z');
  const old = { secret: createWebhookSecret(), createdAt: new Date('2026-01-01T00:00:00.000Z') };
  const fresh = { secret: createWebhookSecret(), createdAt: replacedAt };
  const signAt = (milliseconds: number) => {
    const now = new Date(replacedAt.getTime() + milliseconds);
    vi.setSystemTime(now);
    return signWebhook(toSigningSecrets([old, fresh], now), { ...message, now });
  };
  const verify = (secret: string, headers: ReturnType<typeof signAt>) =>
    new Webhook(secret).verify(message.body, headers);
  try {
    const within = signAt(OLD_SECRET_MS - 1);
    expect(within['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(verify(old.secret, within)).toEqual({ a: 'ü' });
    expect(verify(fresh.secret, within)).toEqual({ a: 'ü' });
    const after = signAt(OLD_SECRET_MS);
    expect(() => verify(old.secret, after)).toThrow();
    expect(verify(fresh.secret, after)).toEqual({ a: 'ü' });
  } finally {
    vi.useRealTimers();
  }
});
