import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { createNotifications, type Notification } from '#server/runtime/platform/notifications.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createIngest } from './ingest.ts';
import { readJournal } from './read-journal.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { db, sql, close } = postgres;
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const ingest = createIngest({ db, store });

afterAll(async () => {
  dynamo.close();
  await close();
});

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head, dead_letters`;
});

let accounts = 0;
const newAccount = () => {
  accounts += 1;
  return `ACC${accounts}`;
};
const readAll = () => readJournal(db, { after: 0, limit: 100_000 });

/** Every event once, positions 1, 2, 3 …, and each aggregate's sequences in order. */
async function expectSound(size: number) {
  const events = await readAll();
  expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
  expect(events).toHaveLength(size);
  const heads = new Map<string, number>();
  for (const { aggregateId, eventSequence } of events) {
    expect(eventSequence).toBe((heads.get(aggregateId) ?? 0) + 1);
    heads.set(aggregateId, eventSequence);
  }
  const rows = await sql`SELECT aggregate_id, event_sequence FROM journal_aggregates`;
  expect(new Map(rows.map((row) => [row.aggregate_id, row.event_sequence]))).toEqual(heads);
}

describe('ingest', () => {
  it('keeps an event as it is stored, and gives it the next position', async () => {
    const events = toSimpleHistory(newAccount(), 3).map(toStoredEvent);
    expect(await ingest(events)).toEqual({ inserted: 3, position: 3 });
    expect(await readAll()).toEqual(
      events.map((event, index) => ({ ...event, position: index + 1 })),
    );
  });

  it('inserts nothing for duplicates', async () => {
    const events = toSimpleHistory(newAccount(), 4).map(toStoredEvent);
    await ingest(events);
    expect(await ingest(events)).toEqual({ inserted: 0, position: 4 });
    expect(await ingest([])).toEqual({ inserted: 0, position: 4 });
    await expectSound(4);
  });

  it('brings a batch in any order into each account’s order', async () => {
    const a = toSimpleHistory(newAccount(), 3).map(toStoredEvent);
    const b = toSimpleHistory(newAccount(), 2).map(toStoredEvent);
    await ingest([...a.toReversed(), ...b, ...a]);
    await expectSound(5);
  });

  it('reads what is missing from the event store, however late it comes', async () => {
    const account = newAccount();
    const events = await appendHistory(store, toSimpleHistory(account, 12));
    await ingest(events.slice(0, 2));
    expect(await ingest([...events.slice(5, 6), ...events.slice(9, 10)])).toEqual({
      inserted: 8,
      position: 10,
    });
    await ingest(events.slice(2, 5));
    await ingest(events.slice(10));
    await expectSound(12);
  });

  it('fills a gap of thousands of events', async () => {
    const events = await appendHistory(store, toSimpleHistory(newAccount(), 4_500));
    await ingest(events.slice(-1));
    await expectSound(4_500);
  });

  it('takes each event once from several workers at once', async () => {
    const histories = Array.from({ length: 8 }, () => toSimpleHistory(newAccount(), 60));
    const events = await Promise.all(histories.map((history) => appendHistory(store, history)));
    const inTurns = Array.from({ length: 60 }, (_, turn) =>
      events.flatMap((history) => history[turn] ?? []),
    ).flat();
    const worker = async (size: number) => {
      let inserted = 0;
      for (let start = 0; start < inTurns.length; start += size) {
        inserted += (await ingest(inTurns.slice(start, start + size))).inserted;
      }
      return inserted;
    };
    await Promise.all([worker(7), worker(16), worker(50), worker(480)]);
    await expectSound(480);
  });

  it('never shows a position before the one below it', async () => {
    const histories = Array.from({ length: 20 }, () =>
      toSimpleHistory(newAccount(), 40).map(toStoredEvent),
    );
    let isWriting = true;
    const writers = Promise.all(
      histories.map(async (history) => {
        for (const event of history) {
          await ingest([event]);
        }
      }),
    ).finally(() => {
      isWriting = false;
    });
    let seen = 0;
    let looks = 0;
    while (isWriting) {
      const events = await readJournal(db, { after: seen, limit: 10_000 });
      expect(events.map(({ position }) => position)).toEqual(
        events.map((_, index) => seen + index + 1),
      );
      seen += events.length;
      looks += 1;
    }
    await writers;
    await expectSound(800);
    expect(looks).toBeGreaterThan(20);
  });

  it('tells who listens of the new head, and nobody of nothing new', async () => {
    const heard: Notification[] = [];
    createNotifications(postgres).subscribe((notification) => heard.push(notification));
    await expect.poll(() => heard).toEqual([{ channel: 'listening', payload: '' }]);
    const events = toSimpleHistory(newAccount(), 3).map(toStoredEvent);
    await ingest(events.slice(0, 2));
    await ingest(events.slice(0, 2));
    await ingest(events.slice(2));
    await expect
      .poll(() => heard.slice(1))
      .toEqual([
        { channel: 'playhead_journal', payload: '2' },
        { channel: 'playhead_journal', payload: '3' },
      ]);
  });

  it('holds texts that PostgreSQL cannot hold with a replacement', async () => {
    const description = 'a\0b \\u0000 \\\0 \u{1F600} "quoted"';
    const events = toSimpleHistory(newAccount(), 1).map((event) => ({
      ...toStoredEvent(event),
      eventId: 'id\0',
      eventData: { description, 'k\0': ['\0\0'] },
    }));
    await ingest(events);
    expect((await readAll())[0]).toMatchObject({
      eventId: 'id\uFFFD',
      eventData: {
        description: 'a\uFFFDb \\u0000 \\\uFFFD \u{1F600} "quoted"',
        'k\uFFFD': ['\uFFFD\uFFFD'],
      },
    });
  });
});

describe('what ingest cannot take', () => {
  const letters = () => sql`
    SELECT aggregate_id, event_sequence, category, attempts, status, raw_item FROM dead_letters
    WHERE projection = 'journal' ORDER BY aggregate_id
  `;
  const held = async () =>
    Object.fromEntries(
      (await sql`SELECT aggregate_id, event_sequence FROM journal_aggregates`).map((row) => [
        row.aggregate_id,
        row.event_sequence,
      ]),
    );
  /** Two accounts' events in turn, written to the event store; `change` may break one of them. */
  async function twoAccounts(change: (event: StoredEvent) => Record<string, unknown>) {
    const [good, bad] = [newAccount(), newAccount()];
    const histories = [good, bad].map((id) => toSimpleHistory(id, 6).map(toStoredEvent));
    const items = Array.from({ length: 6 }, (_, turn) =>
      histories.flatMap((history) => history.slice(turn, turn + 1)),
    )
      .flat()
      .map((event) => (event.aggregateId === `account#${bad}` ? change(event) : event));
    for (const Item of items) {
      await dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));
    }
    return { good: `account#${good}`, bad: `account#${bad}`, items };
  }
  const broken = (event: StoredEvent) =>
    event.eventSequence === 4 ? { ...event, metadata: 'none' } : event;
  const refused = (event: StoredEvent) =>
    event.eventSequence === 4 ? { ...event, timestamp: '0000-01-01T00:00:00.000Z' } : event;

  it.each([1, 3, 12])(
    'lets one account wait at an item that is no event (%i at a time)',
    async (size) => {
      const { good, bad, items } = await twoAccounts(broken);
      const events = items.map(toDeliveredEvent);
      for (let next = 0; next < events.length; next += size) {
        await ingest(events.slice(next, next + size));
      }
      await ingest(events);
      await expectSound(9);
      expect(await held()).toEqual({ [good]: 6, [bad]: 3 });
      const [letter, ...others] = await letters();
      expect(others).toEqual([]);
      expect(letter).toMatchObject({
        aggregate_id: bad,
        event_sequence: 4,
        category: 'unreadable',
        attempts: 1,
        status: 'dead',
      });
      expect(JSON.parse(letter?.raw_item)).toEqual(items[7]);
    },
  );

  it('lets it wait as well when the item is found while a gap is filled', async () => {
    const { good, bad, items } = await twoAccounts(broken);
    expect(await ingest(items.slice(10).map(toDeliveredEvent))).toMatchObject({ position: 9 });
    expect(await held()).toEqual({ [good]: 6, [bad]: 3 });
    expect(await letters()).toMatchObject([{ aggregate_id: bad, event_sequence: 4 }]);
  });

  it('lets it wait at an event that the event store has lost', async () => {
    const account = newAccount();
    const events = await appendHistory(store, toSimpleHistory(account, 6));
    const Key = { aggregateId: `account#${account}`, eventSequence: 3 };
    await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.events, Key }));
    await ingest(events.slice(5));
    await expectSound(2);
    expect(await letters()).toMatchObject([
      { aggregate_id: `account#${account}`, event_sequence: 3, category: 'gap' },
    ]);
  });

  it('lets it wait at an event that PostgreSQL refuses, after some attempts', async () => {
    const { good, bad, items } = await twoAccounts(refused);
    expect(await ingest(items.map(toDeliveredEvent))).toMatchObject({ inserted: 9, position: 9 });
    await expectSound(9);
    expect(await held()).toEqual({ [good]: 6, [bad]: 3 });
    expect(await letters()).toMatchObject([
      { aggregate_id: bad, event_sequence: 4, category: 'constraint', attempts: 3 },
    ]);
  });

  it('throws what concerns every event, and makes no dead letters of it', async () => {
    const events = toSimpleHistory(newAccount(), 3).map(toStoredEvent);
    await sql`ALTER TABLE journal RENAME TO hidden`;
    const error: unknown = await ingest(events).catch((thrown: unknown) => thrown);
    expect(toErrorSentence(error)).toBe('relation "playhead.journal" does not exist');
    await sql`ALTER TABLE hidden RENAME TO journal`;
    expect(await letters()).toEqual([]);
    expect(await ingest(events)).toMatchObject({ inserted: 3 });
  });
});
