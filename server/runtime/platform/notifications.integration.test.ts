import { afterAll, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import {
  createNotifications,
  JOURNAL_CHANNEL,
  type Notification,
  toPgNotify,
} from './notifications.ts';
import { createPostgres } from './postgres.ts';

const test = await createTestPostgres();
const proxy = await createTcpProxy(test.url);
const through = createPostgres({ DATABASE_URL: proxy.url }, { application: 'test', max: 1 });

afterAll(async () => {
  await through.close();
  await proxy.close();
  await test.close();
});

const TIMEOUT = { timeout: 20_000, interval: 10 };

it('listens again after PostgreSQL was away, at the start or later, and says so', async () => {
  proxy.cut();
  const heard: Notification[] = [];
  const notifications = createNotifications(through);
  const unsubscribe = notifications.subscribe((notification) => heard.push(notification));
  for (const payload of ['1', '2', '3']) {
    heard.length = 0;
    await expect.poll(proxy.refused, TIMEOUT).toBeGreaterThan(2);
    proxy.restore();
    await expect.poll(() => heard, TIMEOUT).toContainEqual({ channel: 'listening', payload: '' });
    const [channel, text] = toPgNotify({ channel: JOURNAL_CHANNEL, payload });
    await test.sql`SELECT pg_notify(${channel}, ${text})`;
    await expect.poll(() => heard.at(-1), TIMEOUT).toEqual({ channel: JOURNAL_CHANNEL, payload });
    expect(heard.filter(({ channel }) => channel === JOURNAL_CHANNEL)).toHaveLength(1);
    proxy.cut();
  }
  unsubscribe();
});
