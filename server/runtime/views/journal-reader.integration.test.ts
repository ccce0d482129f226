import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { toSyntheticEvent } from '#server/bench/synthetic-events.ts';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { BATCH_SIZE, createJournalReader } from './journal-reader.ts';

const { db, sql, close } = await createTestPostgres();

afterAll(close);

afterEach(async () => {
  vi.useRealTimers();
  await sql`TRUNCATE journal, journal_aggregates, journal_head`;
});

it('reads and decodes a batch once for all who come to it', async () => {
  await fillJournal(db, { events: 2 * BATCH_SIZE + 10, accounts: 50 });
  const { read } = createJournalReader(db, TEST_CODEC);
  const [one, two] = await Promise.all([
    read({ after: 0, limit: BATCH_SIZE }),
    read({ after: 0, limit: BATCH_SIZE }),
  ]);
  const three = await read({ after: BATCH_SIZE - 7, limit: BATCH_SIZE });
  expect(one.entries.map(({ stored }) => stored.position)).toEqual(
    Array.from({ length: BATCH_SIZE }, (_, index) => index + 1),
  );
  expect(two.entries[0]).toBe(one.entries[0]);
  expect(three.entries).toHaveLength(7);
  expect(three.entries[6]).toBe(one.entries.at(-1));
  expect(three.isAtEnd).toBe(false);
  const last = await read({ after: 2 * BATCH_SIZE, limit: BATCH_SIZE });
  expect([last.entries.length, last.isAtEnd]).toEqual([10, true]);
  const few = await read({ after: 2 * BATCH_SIZE, limit: 3 });
  expect([few.entries.length, few.isAtEnd]).toEqual([3, false]);
});

it('misses nothing that was committed before it was asked, whoever else is reading', async () => {
  const ingest = createIngest({ db, store: EMPTY_STORE });
  const { read } = createJournalReader(db, TEST_CODEC);
  let isOver = false;
  let head = 0;
  const readAllTheTime = async () => {
    while (!isOver) {
      await read({ after: head, limit: BATCH_SIZE });
    }
  };
  const others = [1, 2, 3].map(readAllTheTime);
  for (let position = 0; position < 100; position += 1) {
    await ingest([toSyntheticEvent(position, 10)]);
    const { entries } = await read({ after: position, limit: BATCH_SIZE });
    expect(entries).toHaveLength(1);
    head = position + 1;
  }
  isOver = true;
  await Promise.all(others);
});

it('reads a row that was repaired anew, within a second', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  await fillJournal(db, { events: BATCH_SIZE, accounts: 50 });
  const { read } = createJournalReader(db, TEST_CODEC);
  await read({ after: 0, limit: BATCH_SIZE });
  await sql`UPDATE journal SET event_id = 'repaired' WHERE position = 1`;
  vi.advanceTimersByTime(1_000);
  const { entries } = await read({ after: 0, limit: BATCH_SIZE });
  expect(entries[0]?.stored.eventId).toBe('repaired');
});

it('refuses a journal with a hole', async () => {
  await fillJournal(db, { events: 10, accounts: 5 });
  await sql`DELETE FROM journal WHERE position = 4`;
  const { read } = createJournalReader(db, TEST_CODEC);
  await expect(read({ after: 0, limit: BATCH_SIZE })).rejects.toMatchObject({
    code: 'SEQUENCE_GAP',
    message: expect.stringContaining('positions 1 to 10'),
  });
});
