import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { createWebhookSecret, signWebhook } from './sign-webhook.ts';

const message = { id: 'e-1', body: '{"a":"ü"}', now: new Date() };

it('is verified by who has the secret', () => {
  const secret = createWebhookSecret();
  const headers = signWebhook(secret, message);
  expect(new Webhook(secret).verify(message.body, headers)).toEqual({ a: 'ü' });
});

it('is refused when it was changed, is another’s, or is played again later', () => {
  const secret = createWebhookSecret();
  const receiver = new Webhook(secret);
  const headers = signWebhook(secret, message);
  expect(() => receiver.verify('{"a":"u"}', headers)).toThrow();
  expect(() => new Webhook(createWebhookSecret()).verify(message.body, headers)).toThrow();
  const old = signWebhook(secret, { ...message, now: new Date(Date.now() - 6 * 60_000) });
  expect(() => receiver.verify(message.body, old)).toThrow(/too old/);
});
