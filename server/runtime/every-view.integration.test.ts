import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { groupBy } from '#lib/group-by.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { planDemo } from '#server/testing/demo-events.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { runCommand } from './commands/command.ts';
import { listDeadLetters } from './dead-letters/list-dead-letters.ts';
import { retryDeadLetters } from './dead-letters/retry-dead-letters.ts';
import { skipDeadLetter } from './dead-letters/skip-dead-letter.ts';
import type { StoredEvent } from './event-store/stored-event.ts';
import { hotTableOf } from './hot-views/hot-view.ts';
import { createHotViews } from './hot-views/hot-views.ts';
import { compareAggregate } from './integrity/compare-aggregate.ts';
import { reconcile } from './integrity/reconcile.ts';
import { repairView } from './integrity/repair-view.ts';
import { tableNamesOf } from './rebuild/generation-tables.ts';
import { rebuildHotView } from './rebuild/rebuild-hot-view.ts';

/** What the runtime promises of a view, of every view of every module that is registered. */
const { views, hotViews } = FULL_REGISTRY;
const olga = { actor: 'olga', reason: 'a test' };
const UNKNOWN = 'OfANewerProgram';
/** What kinds of aggregates have views. */
const TYPES = [...new Set([...views, ...hotViews].map(({ aggregate }) => aggregate.type))];

let bank: TestBank;
let deps: TestBank & { db: TestBank['postgres']['db'] };
/** By kind of aggregate: an event that is repaired later, and the last event of another aggregate. */
const spoilt = new Map<string, { readonly repaired: StoredEvent; readonly skipped: StoredEvent }>();

beforeAll(async () => {
  bank = await createTestBank(FULL_REGISTRY);
  deps = { ...bank, db: bank.postgres.db };
  for (const { type, input, actor = 'demo', commandId } of planDemo(FULL_REGISTRY)) {
    const command = FULL_REGISTRY.commands.get(type);
    if (command !== undefined) {
      await runCommand({ handler: bank.handler, actor, commandId }, command, input);
    }
  }
  await spoil();
  await bank.settle();
});
afterAll(() => bank.close());

const put = (event: StoredEvent) =>
  bank.dynamo.documents.send(
    new PutCommand({ TableName: bank.dynamo.tables.events, Item: { ...event } }),
  );

async function readAll(): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of bank.store.scan()) {
    events.push(...page);
  }
  return events;
}

/** Makes one event of two aggregates of each kind one that this program does not know. */
async function spoil(): Promise<void> {
  const histories = groupBy(await readAll(), ({ aggregateId }) => aggregateId);
  for (const type of TYPES) {
    const ofType = [...histories].filter(([id]) => parseAggregateId(id).type === type);
    const [repaired, skipped] = ofType
      .map(([, history]) => history.toSorted((a, b) => a.eventSequence - b.eventSequence))
      .toSorted((a, b) => b.length - a.length);
    const second = repaired?.[1];
    const last = skipped?.at(-1);
    if (second === undefined || last === undefined || last.eventSequence === 1) {
      throw new Error(`The demo has no two longer histories of the kind ${type}.`);
    }
    spoilt.set(type, { repaired: second, skipped: last });
    await put({ ...second, eventType: UNKNOWN });
    await put({ ...last, eventType: UNKNOWN });
  }
}

const ofType = (type: string) =>
  [...views, ...hotViews].filter(({ aggregate }) => aggregate.type === type);

async function listDead(): Promise<string[]> {
  const { groups } = await listDeadLetters(deps);
  return groups
    .flatMap(({ projection, letters }) =>
      letters.map(
        ({ aggregateId, eventSequence }) => `${projection}: ${aggregateId}/${eventSequence}`,
      ),
    )
    .sort();
}

const toLetters = (which: 'repaired' | 'skipped') =>
  [...spoilt].flatMap(
    ([
      type,
      {
        [which]: { aggregateId, eventSequence },
      },
    ]) => ofType(type).map(({ name }) => `${name}: ${aggregateId}/${eventSequence}`),
  );

it('every view records what it cannot apply as a dead letter', async () => {
  expect(await listDead()).toEqual([...toLetters('repaired'), ...toLetters('skipped')].sort());
  const { retried, settled } = await retryDeadLetters(deps, {}, olga);
  expect({ retried, settled }).toEqual({ retried: (await listDead()).length, settled: 0 });
});

it('every view takes it once it is repaired, with what waited behind it', async () => {
  for (const { repaired } of spoilt.values()) {
    await put(repaired);
    await bank.postgres.sql`UPDATE journal SET event_type = ${repaired.eventType}
      WHERE aggregate_id = ${repaired.aggregateId} AND event_sequence = ${repaired.eventSequence}`;
  }
  const { settled } = await retryDeadLetters(deps, {}, olga);
  expect(settled).toBe(toLetters('repaired').length);
  expect(await listDead()).toEqual(toLetters('skipped').sort());
});

it('every view leaves out what is skipped, and is otherwise as the events say', async () => {
  for (const [type, { skipped }] of spoilt) {
    const { aggregateId, eventSequence } = skipped;
    for (const { name: projection } of ofType(type)) {
      const key = { projection, aggregateId, eventSequence, reason: 'a test' };
      expect(await skipDeadLetter(deps, key, 'olga')).toMatchObject({ kind: 'applied' });
    }
  }
  expect(await listDead()).toEqual([]);
  for (const { skipped } of spoilt.values()) {
    const { count, explained } = await compareAggregate(deps, skipped.aggregateId);
    expect(count).toBeGreaterThan(0);
    expect(explained).toBe(count);
  }
});

/** Takes what each view's first table and each hot view holds of an aggregate away. */
async function lose(aggregateId: string): Promise<void> {
  const { type, id } = parseAggregateId(aggregateId);
  for (const view of views.filter(({ aggregate }) => aggregate.type === type)) {
    const [table = ''] = tableNamesOf(view);
    const [row] = await bank.postgres.sql.unsafe(`SELECT * FROM ${table} LIMIT 1`);
    expect(row).toBeDefined();
    const column = Object.keys(row ?? {})[0] ?? '';
    await bank.postgres.sql.unsafe(`DELETE FROM ${table} WHERE ${column} = $1`, [id]);
  }
  for (const view of hotViews.filter(({ aggregate }) => aggregate.type === type)) {
    await bank.dynamo.documents.send(
      new DeleteCommand({
        TableName: hotTableOf(bank.dynamo.tables, view),
        Key: { [view.key]: id },
      }),
    );
  }
}

it('every view’s loss is found, and a repair brings it back', async () => {
  for (const { repaired } of spoilt.values()) {
    const { aggregateId } = repaired;
    const own = ofType(parseAggregateId(aggregateId).type).map(({ name }) => name);
    await lose(aggregateId);
    const { found } = await compareAggregate(deps, aggregateId);
    expect(new Set(found.map(({ view }) => view))).toEqual(new Set(own));
    for (const view of own) {
      expect(await repairView(deps, { aggregateId, view }, olga)).toEqual({ view, waitsAt: null });
    }
    expect((await compareAggregate(deps, aggregateId)).count).toBe(0);
  }
});

it('every hot view is rebuilt from the event store', async () => {
  for (const view of hotViews) {
    const TableName = hotTableOf(bank.dynamo.tables, view);
    const { Items = [] } = await bank.dynamo.documents.send(new ScanCommand({ TableName }));
    const lost = Items.slice(0, 3);
    for (const item of lost) {
      const Key = { [view.key]: item[view.key] };
      await bank.dynamo.documents.send(new DeleteCommand({ TableName, Key }));
    }
    const rebuilt = await rebuildHotView(deps, view, olga);
    expect(rebuilt).toMatchObject({ written: lost.length, removed: 0, failed: 0 });
  }
});

it('every hot view takes events again, in any order, by a worker that knows nothing of them, and all is well', async () => {
  const deliver = createHotViews({ dynamo: bank.dynamo, store: bank.store, hotViews });
  const events = await readAll();
  await deliver(events.toReversed());
  await deliver(events);
  const { different, explained } = await reconcile(deps, { settleMs: 0 });
  expect({ different, explained }).toEqual({ different: 0, explained: TYPES.length });
});
