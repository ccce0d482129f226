import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { encode, toStorable } from '#server/runtime/event-store/storable.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { anyNested, type Nested, nestedCodec } from '#server/testing/nested-values.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { commandRecord, opened, toStoredHistory } from '#server/testing/sample-events.ts';
import { compareJournalRow } from './compare-journal-row.ts';
import { createIngest } from './ingest.ts';
import { readJournal } from './read-journal.ts';

const dynamo = await createTestDynamo();
const { db, close } = await createTestPostgres();
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const ingest = createIngest({ db, store });

afterAll(async () => {
  dynamo.close();
  await close();
});

let position = 0;

/** Events of a type that no domain has, with these payloads. */
function toEvents(accountId: string, values: readonly Nested[]): StoredEvent[] {
  return toStoredHistory(
    accountId,
    values.map(() => opened()),
  ).map((event, index) => {
    const value = values[index];
    return {
      ...event,
      eventType: 'NestedRecorded',
      version: 1,
      eventData: value === undefined ? {} : toStorable('It', encode('It', nestedCodec, value)),
    };
  });
}

it('keeps nested values as they are, through DynamoDB and the journal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyNested, { minLength: 1, maxLength: 20 }), async (values) => {
      const accountId = randomUUID().toUpperCase();
      const events = toEvents(accountId, values);
      expect(await store.append(events, commandRecord())).toEqual({ kind: 'appended' });
      const stored = await store.read(`account#${accountId}`);
      expect(stored.map(({ eventData }) => nestedCodec.parse(eventData))).toEqual(values);

      await ingest(stored);
      const rows = await readJournal(db, { after: position, limit: 100 });
      position += rows.length;
      expect(rows.map(({ eventData }) => nestedCodec.parse(eventData))).toEqual(values);
      rows.forEach((row, index) => {
        const event = stored[index];
        expect(event && compareJournalRow(event, row)).toEqual([]);
      });
    }),
    { numRuns: 40 },
  );
});
