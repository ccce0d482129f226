import { randomUUID } from 'node:crypto';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createBus } from '#server/runtime/bus/create-bus.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { startEventBridgeDouble } from '#server/testing/event-bridge-double.ts';
import { noEntities } from '#server/testing/no-entities.ts';
import { listDeliveries, listWebhooks } from './list-webhooks.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  redeliver,
  replayWebhook,
  rotateWebhookSecret,
} from './manage-webhooks.ts';
import { createOutbound } from './outbound.ts';
import { createWebhookRunner } from './webhook-runner.ts';

const BY = { actor: 'tester' };
const REACH = { reachesAws: true, entityTypes: [] };
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:out-events.fifo';
const ACCOUNTS = 3;
const ROUNDS = 3;
const eventSchema = z.object({ id: z.string(), subject: z.string(), sequence: z.string() });

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
});

afterAll(() => bank.close());

const standing = async (name: string) =>
  (await listWebhooks(bank.postgres.db)).find((each) => each.name === name);

async function make(url: string) {
  const { db } = bank.postgres;
  const name = `w-${randomUUID().slice(0, 8)}`;
  const filter = { sends: 'events' as const, aggregateTypes: ['account'], eventTypes: [] };
  const asked = { name, url, ...filter };
  expect(await createWebhook(db, asked, BY, REACH)).toBeNull();
  onTestFinished(() => deleteWebhook(db, name, BY));
  return { name, position: (await standing(name))?.position ?? 0 };
}

/** Events of several accounts, by turns. */
async function bring(): Promise<string[]> {
  const accounts = Array.from({ length: ACCOUNTS }, () => `O${randomUUID().slice(0, 8)}`);
  const ids = accounts.map((account) => account.toUpperCase());
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const accountId of ids) {
      await (round === 0
        ? bank.run(openAccount, { number: accountId, owner: 'Ada', currency: 'EUR' })
        : bank.run(deposit, { accountId, amount: '1', currency: 'EUR' }));
      await bank.ingest();
    }
  }
  return ids.map((id) => `account#${id}`);
}

function open(endpoint: string) {
  const outbound = createOutbound({
    PLAYHEAD_OUTBOUND_ENDPOINT: endpoint,
    PLAYHEAD_OUTBOUND_REGION: undefined,
    AWS_REGION: 'us-east-1',
  });
  onTestFinished(() => outbound?.close());
  return outbound;
}

function start(outbound: ReturnType<typeof createOutbound>) {
  const { db } = bank.postgres;
  const workerId = `worker-${randomUUID()}`;
  const { logger } = bank;
  const runner = createWebhookRunner({
    db,
    workerId,
    logger,
    allowsPrivate: false,
    outbound,
    toEntityRow: noEntities,
  });
  onTestFinished(runner.stop);
  return runner;
}

/** Each aggregate's sequences, in the order in which they came. */
function toSequences(events: readonly z.output<typeof eventSchema>[], aggregates: string[]) {
  return aggregates.map((aggregate) =>
    events.filter(({ subject }) => subject === aggregate).map(({ sequence }) => Number(sequence)),
  );
}

const IN_ORDER = Array.from({ length: ACCOUNTS }, () => [1, 2, 3]);

it('a FIFO topic is sent each aggregate’s events in order, and takes a redelivery once', async () => {
  const aws = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  onTestFinished(() => aws.stop());
  const endpoint = `http://127.0.0.1:${aws.port}`;
  const bus = createBus({
    PLAYHEAD_BUS_ENDPOINT: endpoint,
    PLAYHEAD_BUS_REGION: undefined,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: 'out-',
  });
  await bus?.createQueue('receiver', 30);
  await bus?.subscribe('receiver', 'account');
  onTestFinished(() => bus?.close());
  const receive = async () => {
    const events: z.output<typeof eventSchema>[] = [];
    for (;;) {
      const { signal } = new AbortController();
      const messages = (await bus?.receive('receiver', { waitSeconds: 0, signal })) ?? [];
      if (messages.length === 0) {
        return events;
      }
      events.push(...messages.map(({ body }) => eventSchema.parse(JSON.parse(body))));
      const receipts = messages.map(({ receipt }) => receipt);
      await bus?.remove('receiver', receipts);
    }
  };
  const { db } = bank.postgres;
  const { name, position } = await make(`sns:${TOPIC}`);
  const aggregates = await bring();
  const outbound = open(endpoint);
  start(outbound);
  await expect.poll(async () => (await standing(name))?.behind).toBe(0);
  const again = {
    name,
    position: position + 1,
    allowsPrivate: false,
    outbound,
    toEntityRow: noEntities,
  };
  expect(await redeliver(db, again, BY)).toMatchObject({ outcome: 'sent', httpStatus: 200 });
  const events = await receive();
  expect(toSequences(events, aggregates)).toEqual(IN_ORDER);
  expect(events).toHaveLength(ACCOUNTS * ROUNDS);
  expect(await listDeliveries(db, name, { limit: 50 })).toHaveLength(ACCOUNTS * ROUNDS + 1);
});

describe('EventBridge', () => {
  it('is sent events of different aggregates at once, and only the one that failed again', async () => {
    let failed: string | undefined;
    const double = await startEventBridgeDouble(({ event }) => {
      if (failed === undefined && event.subject === aggregates[1]) {
        failed = event.id;
        return 'ThrottlingException';
      }
      return undefined;
    });
    onTestFinished(double.close);
    const { db } = bank.postgres;
    const { name, position } = await make('eventbridge:default');
    const aggregates = await bring();
    const runner = start(open(double.url));
    await expect.poll(async () => (await standing(name))?.behind).toBe(0);
    expect(double.requests).toEqual([3, 1, 3, 3]);
    const events = () => double.taken.map(({ event }) => event);
    expect(toSequences(events(), aggregates)).toEqual(IN_ORDER);
    expect(new Set(events().map(({ id }) => id)).size).toBe(ACCOUNTS * ROUNDS);
    const log = await listDeliveries(db, name, { limit: 50 });
    expect(log.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { eventId: failed, error: expect.stringContaining('ThrottlingException') },
    ]);

    await replayWebhook(db, name, position, BY);
    runner.wake();
    await expect.poll(() => double.taken.length).toBe(2 * ACCOUNTS * ROUNDS);
    expect(toSequences(events(), aggregates)).toEqual(IN_ORDER.map((each) => [...each, ...each]));
  });

  it('is waited for while it is not there', async () => {
    const { name } = await make('eventbridge:default');
    await bring();
    start(open('http://127.0.0.1:9'));
    await expect
      .poll(async () => (await standing(name))?.lastError)
      .toContain('EventBridge did not answer');
    expect(await standing(name)).toMatchObject({ status: 'active', refusals: 0 });
  });
});

it('a webhook sends to AWS only where that is set, has no secret, and stays of its kind', async () => {
  const { db } = bank.postgres;
  const filter = { sends: 'events' as const, aggregateTypes: [], eventTypes: [] };
  const asked = { name: 'none', url: `sns:${TOPIC}`, ...filter };
  await expect(createWebhook(db, asked, BY)).rejects.toThrow(/PLAYHEAD_OUTBOUND_ENDPOINT/);
  const { name } = await make(`sns:${TOPIC}`);
  await expect(rotateWebhookSecret(db, name, BY)).rejects.toThrow(/has no secret/);
  const changed = changeWebhook(db, name, { url: 'https://example.com/' }, BY, REACH);
  await expect(changed).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
  const other = { url: `sns:${TOPIC.replace('out-', 'other-')}` };
  expect(await changeWebhook(db, name, other, BY, REACH)).toBe(true);
});
