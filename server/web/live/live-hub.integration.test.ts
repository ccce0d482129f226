import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LiveMessage, liveMessageSchema } from '#lib/contracts/live.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createNotifications } from '#server/runtime/platform/notifications.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTcpProxy, type TcpProxy } from '#server/testing/tcp-proxy.ts';
import { createLiveHub, type LiveHub } from './live-hub.ts';

let bank: TestBank;
let proxy: TcpProxy;
let postgres: Postgres;
let hub: LiveHub;
const lines: string[] = [];
const logger = createLogger({ LOG_LEVEL: 'info' }, 'web', {
  write: (line: string) => {
    lines.push(line);
  },
});

beforeAll(async () => {
  bank = await createTestBank();
  proxy = await createTcpProxy(bank.postgres.url);
  postgres = createPostgres({ DATABASE_URL: proxy.url }, { application: 'live-test', max: 3 });
  const notifications = createNotifications(postgres);
  hub = createLiveHub({ db: postgres.db, codec: TEST_CODEC, notifications, logger });
  await bank.run(openAccount, { number: 'LIVE', owner: 'Ada', currency: 'EUR' });
  await bank.settle();
});

afterAll(async () => {
  hub.close();
  await postgres.close();
  await proxy.close();
  await bank.close();
});

const leavers: (() => void)[] = [];
afterEach(() => {
  for (const leave of leavers.splice(0)) {
    leave();
  }
});

/** A client that keeps what it is told. */
function watch(resumeAfter?: number) {
  const messages: LiveMessage[] = [];
  let lastId: number | undefined;
  const leave = hub.subscribe({
    resumeAfter,
    send: (message, position) => {
      messages.push(liveMessageSchema.parse(message));
      lastId = position ?? lastId;
    },
    end: () => leave(),
  });
  leavers.push(leave);
  const events = () => messages.filter((message) => message.type === 'events');
  return {
    messages,
    leave,
    events,
    positions: () => events().flatMap(({ items }) => items.map(({ position }) => position)),
    skipped: () => events().reduce((sum, { skipped }) => sum + skipped, 0),
    head: () => events().at(-1)?.head,
    lastId: () => lastId,
    projected: () =>
      new Map(
        messages.flatMap((message) =>
          message.type === 'projection' ? [[message.name, message.position]] : [],
        ),
      ),
    statuses: () =>
      messages.flatMap((message) => (message.type === 'status' ? [message.postgresql] : [])),
  };
}

async function pay(times = 1) {
  for (let count = 0; count < times; count += 1) {
    await bank.run(deposit, { accountId: 'LIVE', amount: '1', currency: 'EUR' });
  }
}

async function getHead(): Promise<number> {
  const [row] = await bank.postgres.sql`select position from journal_head`;
  return Number(row?.position);
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + 1 + index);

describe('the live hub', () => {
  it('tells a newcomer where everything is', async () => {
    const head = await getHead();
    const client = watch();
    await until(() => expect(client.statuses()).toEqual(['up']));
    expect(client.events()).toEqual([{ type: 'events', head, items: [], skipped: 0 }]);
    expect(client.lastId()).toBe(head);
    expect(client.projected()).toEqual(
      new Map(TEST_REGISTRY.views.map(({ name }) => [name, head])),
    );
    expect(client.messages).toHaveLength(2 + TEST_REGISTRY.views.length);
  });

  it('tells every client each new event once, in order, and each projection’s move', async () => {
    const start = await getHead();
    const clients = [watch(), watch()];
    await until(() => expect(clients.map(({ head }) => head())).toEqual([start, start]));
    for (let round = 0; round < 5; round += 1) {
      await pay(3);
      await bank.settle();
    }
    const end = start + 15;
    await until(() => {
      for (const client of clients) {
        expect(client.positions()).toEqual(range(start, end));
        expect(client.lastId()).toBe(end);
        expect(client.projected()).toEqual(
          new Map(TEST_REGISTRY.views.map(({ name }) => [name, end])),
        );
      }
    });
  });

  it('hears of events before it looks for itself', async () => {
    const client = watch();
    const head = await getHead();
    await until(() => expect(client.head()).toBe(head));
    await pay();
    const startedAt = performance.now();
    await bank.ingest();
    await until(() => expect(client.head()).toBe(head + 1));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await bank.settle();
  });

  it('gives a client that comes back what it missed, while others go on', async () => {
    const start = await getHead();
    const first = watch();
    await until(() => expect(first.head()).toBe(start));
    await pay(4);
    await bank.ingest();
    await until(() => expect(first.positions()).toEqual(range(start, start + 4)));
    first.leave();
    await pay(2);
    await bank.ingest();
    const paying = pay(5).then(bank.ingest);
    const again = watch(first.lastId());
    const fromTheStart = watch(start);
    await paying;
    await until(() => {
      expect(again.positions()).toEqual(range(start + 4, start + 11));
      expect(fromTheStart.positions()).toEqual(range(start, start + 11));
    });
    expect(first.positions()).toEqual(range(start, start + 4));
    await bank.settle();
  });

  it('starts a client at the head whose last position was in another journal', async () => {
    const head = await getHead();
    const client = watch(head + 1_000_000);
    await until(() => expect(client.head()).toBe(head));
    await pay();
    await bank.settle();
    await until(() => expect(client.positions()).toEqual([head + 1]));
  });

  it('sends the newest 200 of a burst and counts the rest', async () => {
    const start = await getHead();
    await pay(230);
    await bank.settle();
    const client = watch(start);
    await until(() => expect(client.head()).toBe(start + 230));
    expect(client.positions()).toEqual(range(start + 30, start + 230));
    expect(client.skipped()).toBe(30);
  });

  it('says that PostgreSQL is down, stays, and tells afterwards what was missed', async () => {
    const start = await getHead();
    const client = watch();
    await until(() => expect([client.head(), client.statuses()]).toEqual([start, ['up']]));
    proxy.cut();
    await until(() => expect(client.statuses()).toEqual(['up', 'down']));
    const late = watch(start);
    await pay(3);
    await bank.settle();
    expect(late.statuses()).toEqual(['down']);
    proxy.restore();
    await until(() => expect(client.statuses()).toEqual(['up', 'down', 'up']));
    const end = new Map(TEST_REGISTRY.views.map(({ name }) => [name, start + 3]));
    await until(() => {
      for (const { positions, projected } of [client, late]) {
        expect(positions()).toEqual(range(start, start + 3));
        expect(projected()).toEqual(end);
      }
    });
    // However many looks failed meanwhile.
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, msg: expect.stringContaining('cannot read'), problem: expect.any(String) },
      { level: 30, msg: expect.stringContaining('again') },
    ]);
  });
});
