import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { toStoredEvent } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import { createNotifications, type Notification } from '#server/platform/notifications.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { createIngest } from './ingest.ts';
import { readJournal } from './read-journal.ts';

const dynamo = await createTestDynamo();
const { db, sql, close } = await createTestPostgres();
const store = createEventStore(dynamo);
const ingest = createIngest({ db, store });

afterAll(async () => {
  dynamo.close();
  await close();
});

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head`;
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

  it('says which events the event store does not have, and keeps nothing', async () => {
    const account = newAccount();
    const events = toSimpleHistory(account, 3).map(toStoredEvent);
    await expect(ingest(events.slice(2))).rejects.toThrow(
      `The event store has 0 of the events 1 to 2 of account#${account}`,
    );
    await expectSound(0);
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
    createNotifications(sql).subscribe((notification) => heard.push(notification));
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
