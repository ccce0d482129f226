import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountEvent } from '#server/modules/bank/domain/account-events.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { foldEvents, toInitial } from '#server/runtime/event-store/fold-events.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toRecordedEvent } from '#server/testing/event-codec.ts';
import { type ContractSample, freshId, toStoredSample } from './contract-samples.ts';
import { commandRecord, deposited, opened, toStoredHistory } from './sample-events.ts';

/** An account id that no other test has. */
export function freshAccount(): string {
  return `A-${randomUUID().slice(0, 12).toUpperCase()}`;
}

/** Appends a history in transactions of at most 50 events. */
export async function appendHistory(
  store: EventStore,
  accountId: string,
  events: readonly AccountEvent[],
  first = 1,
): Promise<StoredEvent[]> {
  const history = toStoredHistory(accountId, events, first);
  for (let start = 0; start < history.length; start += 50) {
    const appended = await store.append(history.slice(start, start + 50), commandRecord());
    expect(appended).toEqual({ kind: 'appended' });
  }
  return history;
}

/** An opening and `count` deposits of one cent. */
export function openedWith(count: number): AccountEvent[] {
  return [opened(), ...Array.from({ length: count }, () => deposited(1n))];
}

/** Appends events `first` to `last` of an aggregate, in transactions of at most 50 events; answers them. */
export async function appendSample(
  store: EventStore,
  sample: ContractSample,
  aggregateId: string,
  range: Parameters<typeof toStoredSample>[2],
): Promise<StoredEvent[]> {
  const history = toStoredSample(sample, aggregateId, range);
  for (let start = 0; start < history.length; start += 50) {
    const appended = await store.append(history.slice(start, start + 50), commandRecord());
    expect(appended).toEqual({ kind: 'appended' });
  }
  return history;
}

/** What every event store does with events of any kind of aggregate, whatever it stands on. */
export function describeEventStore(store: EventStore, sample: ContractSample): void {
  const { aggregate } = sample;
  const UNBEGUN = toInitial(aggregate);
  const fresh = () => freshId(sample);
  const toStored = (
    aggregateId: string,
    last: number,
    options: { first?: number; text?: string } = {},
  ) => toStoredSample(sample, aggregateId, { last, ...options });
  const append = (
    aggregateId: string,
    last: number,
    options: { first?: number; text?: string } = {},
  ) => appendSample(store, sample, aggregateId, { last, ...options });

  describe('append', () => {
    it('writes all events of a command, over several aggregates, and its record', async () => {
      const [a, b] = [fresh(), fresh()];
      const events = [...toStored(a, 2), ...toStored(b, 1)];
      const record = commandRecord({ tokens: [{ aggregateId: a, sequence: 2 }] });
      expect(await store.append(events, record)).toEqual({ kind: 'appended' });
      expect(await store.read(a)).toEqual(events.slice(0, 2));
      expect(await store.read(b)).toEqual(events.slice(2));
      expect(await store.getCommand(record.commandId)).toEqual(record);
    });

    it('writes nothing where one of several aggregates has moved on, and says which', async () => {
      const [a, b] = [fresh(), fresh()];
      await append(b, 2);
      const record = commandRecord();
      const events = [...toStored(a, 1), ...toStored(b, 2, { first: 2 })];
      expect(await store.append(events, record)).toEqual({
        kind: 'conflict',
        aggregateId: b,
      });
      expect(await store.read(a)).toEqual([]);
      expect(await store.read(b)).toHaveLength(2);
      expect(await store.getCommand(record.commandId)).toBeUndefined();
    });

    it('lets one of many win a sequence', async () => {
      const aggregateId = fresh();
      const attempts = Array.from({ length: 10 }, (_, index) =>
        store.append(toStored(aggregateId, 1, { text: `Name ${index}` }), commandRecord()),
      );
      const results = await Promise.all(attempts);
      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(9);
      expect(await store.read(aggregateId)).toHaveLength(1);
    });

    it('hands over the record of a command that was carried out before', async () => {
      const aggregateId = fresh();
      const first = commandRecord({ payloadHash: 'first' });
      await store.append(toStored(aggregateId, 1), first);
      const again = commandRecord({ commandId: first.commandId, payloadHash: 'second' });
      const sameSequence = toStored(aggregateId, 1);
      const nextSequence = toStored(aggregateId, 2, { first: 2 });
      for (const events of [sameSequence, nextSequence]) {
        expect(await store.append(events, again)).toEqual({ kind: 'duplicate', record: first });
      }
      expect(await store.read(aggregateId)).toHaveLength(1);
    });

    it('takes 99 events, and refuses 100 with their record', async () => {
      const aggregateId = fresh();
      const full = toStored(aggregateId, 99);
      await expect(store.append(toStored(aggregateId, 100), commandRecord())).rejects.toMatchObject(
        {
          code: 'TOO_MANY_EVENTS',
          message: expect.stringMatching(/at most 99 events.*has 100 events and reads 0/),
        },
      );
      expect(await store.append(full, commandRecord())).toEqual({ kind: 'appended' });
      expect(await store.load(aggregateId)).toMatchObject({ version: 99 });
    });

    it.each([
      ['an event over 400 KB', 1, 410_000],
      ['a transaction over 4 MB', 20, 300_000],
    ])('refuses %s', async (_, count, length) => {
      const aggregateId = fresh();
      const large = toStored(aggregateId, count, { text: '€'.repeat(length / 3) });
      await expect(store.append(large, commandRecord())).rejects.toMatchObject({
        code: 'EVENT_TOO_LARGE',
      });
      expect(await store.read(aggregateId)).toEqual([]);
    });

    it('throws at events that are not consecutive', async () => {
      const [first, , third] = toStored(fresh(), 3);
      const gap = [first, third].filter((event) => event !== undefined);
      await expect(store.append(gap, commandRecord())).rejects.toThrow(/not consecutive/);
    });
  });

  describe('reading', () => {
    it('finds nothing of an aggregate that is not there', async () => {
      const aggregateId = fresh();
      expect(await store.load(aggregateId)).toEqual(UNBEGUN);
      expect(await store.loadAt(aggregateId, 7)).toEqual(UNBEGUN);
      expect(await store.read(aggregateId)).toEqual([]);
      expect(await store.readBackwards(aggregateId, { limit: 3 })).toEqual([]);
      expect(await store.getRawItem(aggregateId, 1)).toBeUndefined();
      expect(await store.getCommand(randomUUID())).toBeUndefined();
    });

    it('gives any range in order, and any number backwards', async () => {
      const aggregateId = fresh();
      const history = await append(aggregateId, 12);
      expect(await store.read(aggregateId, { from: 3, to: 5 })).toEqual(history.slice(2, 5));
      expect(await store.read(aggregateId, { from: 11 })).toEqual(history.slice(10));
      expect(await store.read(aggregateId, { to: 2 })).toEqual(history.slice(0, 2));
      expect(await store.read(aggregateId, { from: 5, to: 4 })).toEqual([]);
      expect(await store.read(aggregateId, { from: 13 })).toEqual([]);
      expect(await store.readBackwards(aggregateId, { limit: 2 })).toEqual(
        history.slice(10).reverse(),
      );
      expect(await store.readBackwards(aggregateId, { upTo: 3, limit: 50 })).toEqual(
        history.slice(0, 3).reverse(),
      );
      expect(await store.getRawItem(aggregateId, 4)).toEqual(history[3]);
    });

    it('reads on over page after page of large events', async () => {
      const aggregateId = fresh();
      const text = 'x'.repeat(300_000);
      for (let first = 1; first <= 9; first += 1) {
        await append(aggregateId, first, { first, text });
      }
      const events = toStored(aggregateId, 9, { text }).map(toRecordedEvent);
      const sequences = (events: readonly Pick<StoredEvent, 'eventSequence'>[]) =>
        events.map((event) => event.eventSequence);
      expect(sequences(await store.read(aggregateId))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(sequences(await store.readBackwards(aggregateId, { limit: 8 }))).toEqual([
        9, 8, 7, 6, 5, 4, 3, 2,
      ]);
      expect(await store.load(aggregateId)).toEqual(foldEvents(aggregate, UNBEGUN, events).loaded);
    });

    it('folds to the newest state, from nothing or from what is known', async () => {
      const aggregateId = fresh();
      const history = await append(aggregateId, 251);
      const { loaded } = foldEvents(aggregate, UNBEGUN, history.map(toRecordedEvent));
      expect(await store.load(aggregateId)).toEqual(loaded);
      expect(await store.load(aggregateId)).toEqual(loaded);
      const known = foldEvents(
        aggregate,
        UNBEGUN,
        history.slice(0, 180).map(toRecordedEvent),
      ).loaded;
      expect(await store.load(aggregateId, known)).toEqual(loaded);
      expect(await store.load(aggregateId, loaded)).toEqual(loaded);
    });

    it('folds to the state at any sequence', async () => {
      const aggregateId = fresh();
      const history = await append(aggregateId, 321);
      for (const sequence of [0, 1, 99, 100, 101, 199, 200, 250, 300, 321, 999]) {
        const { loaded } = foldEvents(
          aggregate,
          UNBEGUN,
          history.slice(0, sequence).map(toRecordedEvent),
        );
        expect(await store.loadAt(aggregateId, sequence)).toEqual(loaded);
      }
    });
  });

  describe('scan', () => {
    it.each([1, 3, 8])(
      'gives every event once, an aggregate’s in order, in %d segments',
      async (segments) => {
        const aggregateIds = Array.from({ length: 12 }, fresh);
        await Promise.all(aggregateIds.map((id) => append(id, 5)));
        const seen = new Map<string, number[]>();
        for await (const page of store.scan({ segments })) {
          for (const { aggregateId, eventSequence } of page) {
            seen.set(aggregateId, [...(seen.get(aggregateId) ?? []), eventSequence]);
          }
        }
        for (const aggregateId of aggregateIds) {
          expect(seen.get(aggregateId)).toEqual([1, 2, 3, 4, 5]);
        }
      },
    );

    it('can be left early', async () => {
      await append(fresh(), 4);
      for await (const page of store.scan()) {
        expect(page.length).toBeGreaterThan(0);
        break;
      }
    });
  });
}
