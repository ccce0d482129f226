import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import getPort from 'get-port';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createEntityRows } from '#server/runtime/webhooks/entity-rows.ts';
import { listDeliveries, listWebhooks } from '#server/runtime/webhooks/list-webhooks.ts';
import {
  changeWebhook,
  createWebhook,
  redeliver,
  replayWebhook,
} from '#server/runtime/webhooks/manage-webhooks.ts';
import { createWebhookRunner } from '#server/runtime/webhooks/webhook-runner.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { toMessage, toTestRecordId } from '#server/testing/crm-messages.ts';
import { makeCrmStream } from '#server/testing/crm-stream.ts';
import { recordMessages } from './commands/record-messages.ts';
import { recordReadings } from './commands/record-readings.ts';
import { crmModule } from './module.ts';
import { crmClients } from './views/crm-entities-table.ts';

const REGISTRY = createRegistry([crmModule]);
const BY = { actor: 'tester' };
const REACH = { reachesAws: false, entityTypes: [...REGISTRY.entities.keys()] };
const publishedSchema = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  sequence: z.string(),
  schemaversion: z.string(),
  data: z.object({
    values: z.record(z.string(), z.unknown()),
    errors: z.record(z.string(), z.string()),
    changed: z.array(z.string()),
  }),
});
type Published = z.output<typeof publishedSchema>;

let crm: TestBank;

beforeAll(async () => {
  crm = await createTestBank(REGISTRY);
});
afterAll(() => crm.close());

/** A webhook that is sent entities of clients, and what its receiver took, which answers 503 to the third request. */
async function startWebhook(toEntityRow = createEntityRows(crm.store, REGISTRY.entities)) {
  const port = await getPort({ host: '127.0.0.1' });
  const taken: Published[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    const body = publishedSchema.parse(JSON.parse(await text(request)));
    requests += 1;
    if (requests !== 3) {
      taken.push(body);
    }
    response.writeHead(requests === 3 ? 503 : 200, { 'Retry-After': '0' }).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { db } = crm.postgres;
  const name = `w-${randomUUID().slice(0, 8)}`;
  const filter = { sends: 'entities' as const, aggregateTypes: ['crm-account'], eventTypes: [] };
  await createWebhook(db, { name, url: `http://127.0.0.1:${port}/`, ...filter }, BY, REACH);
  const options = { db, logger: crm.logger, allowsPrivate: true, toEntityRow };
  const runner = createWebhookRunner({ ...options, workerId: `worker-${name}` });
  onTestFinished(async () => {
    await runner.stop();
    server.close();
  });
  const find = async () => {
    const found = (await listWebhooks(db)).find((each) => each.name === name);
    return found ?? expect.fail();
  };
  const settle = async () => {
    await crm.settle();
    runner.wake();
    await expect.poll(async () => (await find()).behind, { timeout: 45_000 }).toBe(0);
  };
  return { name, taken, find, settle, options };
}

it('sends each entity that changed once and in its order, the same again when it is replayed', async () => {
  const { name, taken, find, settle } = await startWebhook();
  const { position } = await find();
  const { lines, truth } = makeCrmStream({ records: 5, count: 30 });
  await crm.run(recordMessages, { body: `[${lines.join(',')}]` });
  await settle();

  const rows = await crm.postgres.db.select().from(crmClients);
  expect(rows.length).toBe(truth.size);
  for (const { recordId, values } of rows) {
    const sent = taken.filter(({ subject }) => subject === `crm-account#${recordId}`);
    const sequences = sent.map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(sent.at(-1)?.data.values).toEqual(JSON.parse(values));
    let before: Published['data']['values'] = {};
    for (const { data } of sent) {
      const now = data.values;
      const names = Object.keys({ ...before, ...now });
      const differing = names.filter((each) => !isDeepStrictEqual(before[each], now[each]));
      expect(data.changed).toEqual(differing.sort());
      expect(data.changed).not.toEqual([]);
      before = now;
    }
  }
  expect(new Set(taken.map(({ type, schemaversion }) => `${type} ${schemaversion}`))).toEqual(
    new Set(['playhead.crm.client.changed 1']),
  );

  const ids = taken.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  await replayWebhook(crm.postgres.db, name, position, BY);
  await settle();
  expect(taken.slice(ids.length).map(({ id }) => id)).toEqual(ids);
});

it('sends nothing for what changes nothing normalised', async () => {
  const { name, taken, settle, options } = await startWebhook();
  const recordId = toTestRecordId(500_001);
  const change = (commitNumber: number, fields: object, changeType = 'UPDATE') =>
    crm.run(recordMessages, {
      body: toMessage({ recordIds: [recordId], commitNumber, changeType }, { ...fields }),
    });
  await change(5, { Name: 'Newest', Unmapped__c: 1 }, 'CREATE');
  await change(3, { Name: 'Late, and older' });
  await change(6, { Unmapped__c: 2 });
  await change(7, {}, 'GAP_UPDATE');
  await change(4, { Description: 'Late, and of another field' });
  await change(8, {}, 'DELETE');
  await settle();
  expect(taken.map(({ sequence, data: { changed } }) => [sequence, changed])).toEqual([
    ['1', ['id', 'is_deleted', 'name']],
    ['5', ['description']],
    ['6', ['is_deleted']],
  ]);
  const { db, sql } = crm.postgres;
  const positions = await sql`
    SELECT position::int FROM playhead.journal WHERE aggregate_id = ${`crm-account#${recordId}`}
    ORDER BY event_sequence`;
  const [, late, , , again] = positions.map(({ position }) => Number(position));
  const nothing = redeliver(db, { ...options, name, position: late ?? 0 }, BY);
  await expect(nothing).rejects.toMatchObject({ code: 'EVENT_NOT_FOUND' });
  await redeliver(db, { ...options, name, position: again ?? 0 }, BY);
  expect(taken.at(-1)?.id).toBe(taken[1]?.id);
});

it('sets aside an event of which nothing can be made, and goes on with others', async () => {
  const toEntityRow = createEntityRows(crm.store, REGISTRY.entities);
  const broken = `crm-account#${toTestRecordId(500_101)}`;
  const { name, taken, settle } = await startWebhook(async (row) => {
    if (row.aggregateId === broken) {
      throw new PlayheadError('EVENT_UNREADABLE', 'It cannot be read.');
    }
    return toEntityRow(row);
  });
  for (const index of [500_102, 500_101, 500_103]) {
    const record = { Id: toTestRecordId(index), Name: 'X', SystemModstamp: '2026-01-01T00:00:00Z' };
    const body = JSON.stringify(record);
    await crm.run(recordReadings, { entityName: 'Account', body });
  }
  await settle();
  expect(taken).toHaveLength(2);
  const log = await listDeliveries(crm.postgres.db, name, { limit: 10 });
  expect(log.filter(({ outcome }) => outcome === 'set-aside')).toMatchObject([
    { aggregateId: broken, error: 'It cannot be read.' },
  ]);
});

it('is made for kinds that a module publishes alone, and for all of their events', async () => {
  const { db } = crm.postgres;
  const asked = { name: 'all', url: 'http://127.0.0.1:9/', sends: 'entities' as const };
  const make = (aggregateTypes: string[], eventTypes: string[]) =>
    createWebhook(db, { ...asked, aggregateTypes, eventTypes }, BY, REACH);
  await expect(make(['account'], [])).rejects.toMatchObject({ field: 'aggregateTypes' });
  await expect(make([], ['CrmAccountRead'])).rejects.toMatchObject({ field: 'eventTypes' });
  await make([], []);
  const wrong = changeWebhook(db, 'all', { aggregateTypes: ['account'] }, BY, REACH);
  await expect(wrong).rejects.toMatchObject({ field: 'aggregateTypes' });
  const [made] = (await listWebhooks(db)).filter(({ name }) => name === 'all');
  expect(made).toMatchObject({ sends: 'entities', aggregateTypes: REACH.entityTypes });
});
