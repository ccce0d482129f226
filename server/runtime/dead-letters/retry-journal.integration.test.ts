import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { retryJournal, skipJournal } from './retry-journal.ts';

const dynamo = await createTestDynamo();
const { db, sql, close } = await createTestPostgres();
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const ingest = createIngest({ db, store });
const deps = { db, store };
const operator = { actor: 'olga', reason: 'beyond repair' };

afterAll(async () => {
  dynamo.close();
  await close();
});

let accounts = 0;
let aggregateId = '';
let history = toSimpleHistory('A', 1).map(toStoredEvent);

const put = (Item: Record<string, unknown>) =>
  dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));
const dead = () => sql`SELECT event_sequence, status FROM dead_letters ORDER BY event_sequence`;
const sequences = async () =>
  (await sql`SELECT event_sequence FROM journal ORDER BY position`).map(
    (row) => row.event_sequence,
  );
const key = (eventSequence: number) => ({ projection: 'journal', aggregateId, eventSequence });

/** An account of eight events in the event store, of which the fourth is none; all were delivered. */
beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head, dead_letters, projections, accounts,
    operator_actions`;
  accounts += 1;
  history = toSimpleHistory(`ACC${accounts}`, 9).map(toStoredEvent);
  aggregateId = `account#ACC${accounts}`;
  const items = history
    .slice(0, 8)
    .map((event) => (event.eventSequence === 4 ? { ...event, version: 'four' } : event));
  for (const item of items) {
    await put(item);
  }
  await ingest(items.map(toDeliveredEvent));
  expect(await sequences()).toEqual([1, 2, 3]);
});

it('brings in all that waits, in order, once the item is an event', async () => {
  expect(await retryJournal(deps, key(4), operator)).toMatchObject({ kind: 'dead', at: 4 });
  expect(await sql`SELECT attempts FROM dead_letters`).toEqual([{ attempts: 2 }]);
  await put({ ...history[3] });
  expect(await retryJournal(deps, key(4), operator)).toEqual({ kind: 'applied', applied: 5 });
  expect(await sequences()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await dead()).toEqual([]);
  expect(await retryJournal(deps, key(4), operator)).toEqual({ kind: 'gone' });
  await ingest(history.slice(8));
  expect(await sequences()).toHaveLength(9);
  const effects = await sql`SELECT effect->>'outcome' AS outcome FROM operator_actions ORDER BY id`;
  expect(effects.map((row) => row.outcome)).toEqual(['started', 'dead', 'started', 'applied']);
});

it('leaves a skipped one out, of the projections as well', async () => {
  expect(await skipJournal(deps, key(4), operator)).toEqual({ kind: 'applied', applied: 4 });
  expect(await sequences()).toEqual([1, 2, 3, 5, 6, 7, 8]);
  expect(await dead()).toEqual([{ event_sequence: 4, status: 'skipped' }]);
  for (const limit of [2, 2, 100]) {
    const checkpoint = await loadCheckpoint(db, accountsView);
    await applyNext(db, accountsView, checkpoint, limit);
  }
  expect(await sql`SELECT version FROM accounts`).toEqual([{ version: 8 }]);
  // It may be delivered again: it stays out.
  await ingest([toDeliveredEvent({ ...history[3], version: 'four' }), ...history.slice(8)]);
  expect(await sequences()).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
  expect(await dead()).toHaveLength(1);
});

it('goes on where a retry was cut off', async () => {
  const cutOff = {
    ...deps,
    store: {
      ...store,
      read: async () => {
        throw new Error('cut off');
      },
    },
  };
  await expect(skipJournal(cutOff, key(4), operator)).rejects.toThrow('cut off');
  expect(await dead()).toEqual([
    { event_sequence: 4, status: 'skipped' },
    { event_sequence: 5, status: 'retrying' },
  ]);
  // What is delivered meanwhile brings the rest with it.
  await put({ ...history[8] });
  await ingest(history.slice(8));
  expect(await sequences()).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
  expect(await retryJournal(deps, key(5), operator)).toEqual({ kind: 'applied', applied: 0 });
  expect(await dead()).toEqual([{ event_sequence: 4, status: 'skipped' }]);
});

it('loses nothing of what is delivered beside a retry', async () => {
  await put({ ...history[3] });
  const length = 60;
  const long = toSimpleHistory(`ACC${accounts}`, length).map(toStoredEvent).slice(8);
  const live = (async () => {
    for (const event of long) {
      await put({ ...event });
      await ingest([event]);
    }
  })();
  expect(await retryJournal(deps, key(4), operator)).toMatchObject({ kind: 'applied' });
  await live;
  expect(await sequences()).toEqual(Array.from({ length }, (_, index) => index + 1));
  expect(await dead()).toEqual([]);
});
