import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { noEntities } from '#server/testing/no-entities.ts';
import { listDeliveries, listFailingWebhooks, listWebhooks } from './list-webhooks.ts';
import {
  createWebhook,
  deleteWebhook,
  pauseWebhook,
  redeliver,
  replayWebhook,
  resumeWebhook,
  rotateWebhookSecret,
} from './manage-webhooks.ts';
import { previewReplay } from './preview-replay.ts';
import { createWebhookRunner } from './webhook-runner.ts';

const BY = { actor: 'tester' };
const PROCESS = fileURLToPath(new URL('../../testing/webhook-process.ts', import.meta.url));
const eventSchema = z.object({ id: z.string(), subject: z.string(), sequence: z.string() });

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
});

afterAll(() => bank.close());

afterEach(async () => {
  for (const { name } of await listWebhooks(bank.postgres.db)) {
    await deleteWebhook(bank.postgres.db, name, BY);
  }
});

/** A receiver, which answers as it is told, and keeps what it took. */
async function startReceiver(
  answer: (count: number) => number,
  until: (count: number) => Promise<unknown> = () => Promise.resolve(),
) {
  const port = await getPort({ host: '127.0.0.1' });
  const arrived: z.output<typeof eventSchema>[] = [];
  const taken: z.output<typeof eventSchema>[] = [];
  const messages: { body: string; headers: Record<string, string> }[] = [];
  let count = 0;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    count += 1;
    const status = answer(count);
    arrived.push(eventSchema.parse(JSON.parse(body)));
    await until(count);
    if (status < 300) {
      taken.push(eventSchema.parse(JSON.parse(body)));
      messages.push({ body, headers: request.headers as Record<string, string> });
    }
    response.writeHead(status, { 'Retry-After': '0' }).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/hook`,
    arrived,
    taken,
    messages,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const start = (options: { now?: () => Date; allowsPrivate?: boolean } = {}) =>
  createWebhookRunner({
    db: bank.postgres.db,
    workerId: `worker-${randomUUID()}`,
    logger: bank.logger,
    allowsPrivate: true,
    toEntityRow: noEntities,
    ...options,
  });

async function make(url: string) {
  const name = `w-${randomUUID().slice(0, 8)}`;
  const filter = { sends: 'events' as const, aggregateTypes: ['account'], eventTypes: [] };
  const made = await createWebhook(bank.postgres.db, { name, url, ...filter }, BY);
  return { name, secret: made ?? '' };
}

async function bring(events: number): Promise<string> {
  const number = `W${randomUUID().slice(0, 8)}`.toUpperCase();
  await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
  for (let n = 1; n < events; n += 1) {
    await bank.run(deposit, { accountId: number, amount: '1', currency: 'EUR' });
  }
  await bank.settle();
  return `account#${number}`;
}

const standing = async (name: string) =>
  (await listWebhooks(bank.postgres.db)).find((each) => each.name === name);

describe('a webhook', () => {
  it('is sent every event in its order, signed, also by a receiver that fails now and then', async () => {
    const receiver = await startReceiver((count) => (count % 3 === 0 ? 503 : 200));
    const { name, secret } = await make(receiver.url);
    const runner = start();
    const aggregates = [await bring(4), await bring(3)];
    await expect.poll(() => receiver.taken.length).toBeGreaterThanOrEqual(7);
    for (const [index, aggregate] of aggregates.entries()) {
      const ids = new Set<string>();
      const sequences = receiver.taken
        .filter(({ subject, id }) => subject === aggregate && !ids.has(id) && ids.add(id))
        .map(({ sequence }) => Number(sequence));
      expect(sequences).toEqual(Array.from({ length: 4 - index }, (_, n) => n + 1));
    }
    for (const { body, headers } of receiver.messages) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ specversion: '1.0' });
    }
    await expect.poll(async () => (await standing(name))?.behind).toBe(0);
    const log = await listDeliveries(bank.postgres.db, name, { limit: 50 });
    expect(log.filter(({ outcome }) => outcome === 'failed').length).toBeGreaterThan(0);
    await runner.stop();
    await receiver.close();
  });

  it('goes on where it stood when its worker died in the middle', async () => {
    const receiver = await startReceiver(() => 200);
    const { name } = await make(receiver.url);
    const first = start();
    await bring(3);
    await expect.poll(() => receiver.taken.length).toBeGreaterThan(0);
    await first.stop();
    // As it is left by one that was killed, a moment before its claim ends.
    await bank.postgres.sql`
      UPDATE playhead.webhooks
      SET claimed_by = 'dead', claimed_until = clock_timestamp() + interval '1 second'
      WHERE name = ${name}
    `;
    await bring(3);
    const second = start();
    await expect.poll(async () => (await standing(name))?.behind, { timeout: 45_000 }).toBe(0);
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(6);
    await second.stop();
    await receiver.close();
  });

  it('is sent everything in order when its worker is killed in the middle of a request', async () => {
    const KILLED_AT = 3;
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const receiver = await startReceiver(
      () => 200,
      async (count) => (count === KILLED_AT ? gone : undefined),
    );
    const { name } = await make(receiver.url);
    const aggregate = await bring(6);
    const victim = spawn(process.execPath, ['--import', 'tsx', PROCESS], {
      env: { ...process.env, DATABASE_URL: bank.postgres.url, LOG_LEVEL: 'silent' },
      stdio: 'inherit',
    });
    onTestFinished(() => {
      victim.kill('SIGKILL');
    });
    await expect.poll(() => receiver.arrived.length, { timeout: 45_000 }).toBe(KILLED_AT);
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    letGo();
    expect(await standing(name)).toMatchObject({ claimedBy: `victim-${victim.pid}`, behind: 4 });
    // Its claim would end by itself, half a minute later.
    await bank.postgres.sql`UPDATE playhead.webhooks SET claimed_until = clock_timestamp()`;
    const heir = start();
    await expect.poll(async () => (await standing(name))?.behind).toBe(0);
    const sequences = receiver.arrived.map(({ subject, sequence }) => [subject, Number(sequence)]);
    expect(sequences).toEqual([1, 2, 3, 3, 4, 5, 6].map((sequence) => [aggregate, sequence]));
    expect(receiver.arrived[KILLED_AT]?.id).toBe(receiver.arrived[KILLED_AT - 1]?.id);
    await heir.stop();
    await receiver.close();
  });

  it('waits while it is paused, and can be played again', async () => {
    const receiver = await startReceiver(() => 200);
    const { name } = await make(receiver.url);
    const { position = 0 } = (await standing(name)) ?? {};
    expect(await pauseWebhook(bank.postgres.db, name, BY)).toBe(true);
    const runner = start();
    await bring(2);
    expect(await resumeWebhook(bank.postgres.db, name, BY)).toBe(true);
    await expect.poll(() => receiver.taken.length).toBe(2);
    expect(await replayWebhook(bank.postgres.db, name, position, BY)).toBe(2);
    runner.wake();
    await expect.poll(() => receiver.taken.length).toBe(4);
    const again = await redeliver(
      bank.postgres.db,
      { name, position: position + 1, allowsPrivate: true, toEntityRow: noEntities },
      BY,
    );
    expect(again).toMatchObject({ outcome: 'sent', httpStatus: 200 });
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(2);
    await runner.stop();
    await receiver.close();
  });

  it('is signed by the new secret and the old one for a day, and then by the new one alone', async () => {
    const receiver = await startReceiver(() => 200);
    const { name, secret } = await make(receiver.url);
    const fresh = await rotateWebhookSecret(bank.postgres.db, name, BY);
    const isBy = (key: string, message: (typeof receiver.messages)[number] | undefined) => {
      const {
        'webhook-id': id = '',
        'webhook-timestamp': at,
        'webhook-signature': signed = '',
      } = message?.headers ?? {};
      const made = new Webhook(key).sign(id, new Date(Number(at) * 1_000), message?.body ?? '');
      return signed.split(' ').includes(made);
    };
    const first = start();
    await bring(1);
    await expect.poll(() => receiver.messages.length).toBe(1);
    await first.stop();
    const [today] = receiver.messages;
    expect(new Webhook(secret).verify(today?.body ?? '', today?.headers ?? {})).toBeTruthy();
    expect(new Webhook(fresh).verify(today?.body ?? '', today?.headers ?? {})).toBeTruthy();
    const second = start({ now: () => new Date(Date.now() + 25 * 3_600_000) });
    await bring(1);
    await expect.poll(() => receiver.messages.length).toBe(2);
    const [, tomorrow] = receiver.messages;
    expect([secret, fresh].map((key) => isBy(key, today))).toEqual([true, true]);
    expect([secret, fresh].map((key) => isBy(key, tomorrow))).toEqual([false, true]);
    await second.stop();
    await receiver.close();
  });

  it('is given no more secrets in a day than a request can bear signatures', async () => {
    const { name } = await make('http://127.0.0.1:9/');
    for (let n = 1; n < 5; n += 1) {
      await rotateWebhookSecret(bank.postgres.db, name, BY);
    }
    const again = rotateWebhookSecret(bank.postgres.db, name, BY);
    await expect(again).rejects.toMatchObject({ code: 'WEBHOOK_ROTATED_OFTEN' });
    const nobody = rotateWebhookSecret(bank.postgres.db, 'nobody', BY);
    await expect(nobody).rejects.toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
  });

  it('that is slow keeps no other one waiting', async () => {
    let answerNow = () => {};
    const answering = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    const slow = await startReceiver(
      () => 200,
      () => answering,
    );
    const fast = await startReceiver(() => 200);
    await make(slow.url);
    await make(fast.url);
    const runner = start();
    await bring(4);
    await expect.poll(() => fast.taken.length).toBe(4);
    expect(slow.taken).toEqual([]);
    answerNow();
    await expect.poll(() => slow.taken.length).toBe(4);
    await runner.stop();
    await Promise.all([slow.close(), fast.close()]);
  });

  it('says before a replay what it would send, from a position and from a time', async () => {
    const { db, sql } = bank.postgres;
    const name = `w-${randomUUID().slice(0, 8)}`;
    const filter = {
      sends: 'events' as const,
      aggregateTypes: ['account'],
      eventTypes: ['MoneyDeposited'],
    };
    await bring(2);
    const [before] =
      await sql`SELECT clock_timestamp() AS at, max(position)::int AS position FROM playhead.journal`;
    await bring(4);
    await createWebhook(db, { name, url: 'http://127.0.0.1:9/', ...filter }, BY);
    const expected = { position: before?.position, events: 3, atLeast: false };
    expect(await previewReplay(db, name, { position: before?.position })).toEqual(expected);
    expect(await previewReplay(db, name, { since: new Date(before?.at) })).toEqual(expected);
    const later = { since: new Date(Date.now() + 60_000) };
    expect(await previewReplay(db, name, later)).toMatchObject({ events: 0 });
    const missing = previewReplay(db, name, { position: 1_000_000 });
    await expect(missing).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'position' });
  });

  it('is played again from no position that would leave events out', async () => {
    const { name } = await make('http://127.0.0.1:9/');
    const { position = 0 } = (await standing(name)) ?? {};
    const replaying = replayWebhook(bank.postgres.db, name, position + 1, BY);
    await expect(replaying).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'position' });
  });

  it('is disabled when it fails for days, and nothing is lost by it', async () => {
    const receiver = await startReceiver(() => 500);
    const { name } = await make(receiver.url);
    const runner = start({ now: () => new Date(Date.now() + 4 * 24 * 3_600_000) });
    await bring(1);
    await expect.poll(async () => (await standing(name))?.status).toBe('disabled');
    expect(await listFailingWebhooks(bank.postgres.db)).toMatchObject([
      { name, status: 'disabled' },
    ]);
    expect(await standing(name)).toMatchObject({
      behind: 1,
      lastError: expect.stringContaining('500'),
    });
    await runner.stop();
    await receiver.close();
  });

  it('sends nothing to a private address where that is refused', async () => {
    const receiver = await startReceiver(() => 200);
    const { name } = await make(receiver.url);
    const runner = start({ allowsPrivate: false });
    await bring(1);
    await expect
      .poll(async () => (await standing(name))?.lastError)
      .toContain('is a private address');
    expect(receiver.taken).toEqual([]);
    await runner.stop();
    await receiver.close();
  });
});
