import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountEvent } from '#server/domain/account/account-events.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { foldEvents, UNOPENED } from '#server/event-store/fold-events.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
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

/** What every event store does, whatever it stands on. */
export function describeEventStore(store: EventStore): void {
  describe('append', () => {
    it('writes all events of a command, over several aggregates, and its record', async () => {
      const [a, b] = [freshAccount(), freshAccount()];
      const events = [
        ...toStoredHistory(a, [opened(), deposited(5n)]),
        ...toStoredHistory(b, [opened({ overdraftLimit: 7n })]),
      ];
      const record = commandRecord({ tokens: [{ accountId: a, sequence: 2 }] });
      expect(await store.append(events, record)).toEqual({ kind: 'appended' });
      expect(await store.read(`account#${a}`)).toEqual(events.slice(0, 2));
      expect(await store.read(`account#${b}`)).toEqual(events.slice(2));
      expect(await store.getCommand(record.commandId)).toEqual(record);
    });

    it('writes nothing where one of several aggregates has moved on, and says which', async () => {
      const [a, b] = [freshAccount(), freshAccount()];
      await appendHistory(store, b, openedWith(1));
      const record = commandRecord();
      const events = [...toStoredHistory(a, [opened()]), ...toStoredHistory(b, [deposited(9n)], 2)];
      expect(await store.append(events, record)).toEqual({
        kind: 'conflict',
        aggregateId: `account#${b}`,
      });
      expect(await store.read(`account#${a}`)).toEqual([]);
      expect(await store.read(`account#${b}`)).toHaveLength(2);
      expect(await store.getCommand(record.commandId)).toBeUndefined();
    });

    it('lets one of many win a sequence', async () => {
      const accountId = freshAccount();
      const attempts = Array.from({ length: 10 }, (_, index) =>
        store.append(
          toStoredHistory(accountId, [opened({ owner: `Owner ${index}` })]),
          commandRecord(),
        ),
      );
      const results = await Promise.all(attempts);
      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(9);
      expect(await store.read(`account#${accountId}`)).toHaveLength(1);
    });

    it('hands over the record of a command that was carried out before', async () => {
      const accountId = freshAccount();
      const first = commandRecord({ payloadHash: 'first' });
      await store.append(toStoredHistory(accountId, [opened()]), first);
      const again = commandRecord({ commandId: first.commandId, payloadHash: 'second' });
      const sameSequence = toStoredHistory(accountId, [opened()]);
      const nextSequence = toStoredHistory(accountId, [deposited(1n)], 2);
      for (const events of [sameSequence, nextSequence]) {
        expect(await store.append(events, again)).toEqual({ kind: 'duplicate', record: first });
      }
      expect(await store.read(`account#${accountId}`)).toHaveLength(1);
    });

    it('takes 99 events, and refuses 100 with their record', async () => {
      const accountId = freshAccount();
      const full = toStoredHistory(accountId, openedWith(98));
      await expect(
        store.append(
          [...full, ...toStoredHistory(accountId, [deposited(1n)], 100)],
          commandRecord(),
        ),
      ).rejects.toMatchObject({
        code: 'TOO_MANY_EVENTS',
        message: expect.stringMatching(/at most 99 events.*has 100 events and reads 0/),
      });
      expect(await store.append(full, commandRecord())).toEqual({ kind: 'appended' });
      expect(await store.load(`account#${accountId}`)).toMatchObject({ version: 99 });
    });

    it.each([
      ['an event over 400 KB', 1, 410_000],
      ['a transaction over 4 MB', 20, 300_000],
    ])('refuses %s', async (_, count, length) => {
      const accountId = freshAccount();
      const owner = '€'.repeat(length / 3);
      const large = toStoredHistory(accountId, Array(count).fill(opened({ owner })));
      await expect(store.append(large, commandRecord())).rejects.toMatchObject({
        code: 'EVENT_TOO_LARGE',
      });
      expect(await store.read(`account#${accountId}`)).toEqual([]);
    });

    it('throws at events that are not consecutive', async () => {
      const [first, , third] = toStoredHistory(freshAccount(), openedWith(2));
      const gap = [first, third].filter((event) => event !== undefined);
      await expect(store.append(gap, commandRecord())).rejects.toThrow(/not consecutive/);
    });
  });

  describe('reading', () => {
    it('finds nothing of an aggregate that is not there', async () => {
      const aggregateId = `account#${freshAccount()}`;
      expect(await store.load(aggregateId)).toEqual(UNOPENED);
      expect(await store.loadAt(aggregateId, 7)).toEqual(UNOPENED);
      expect(await store.read(aggregateId)).toEqual([]);
      expect(await store.readBackwards(aggregateId, { limit: 3 })).toEqual([]);
      expect(await store.getRawItem(aggregateId, 1)).toBeUndefined();
      expect(await store.getCommand(randomUUID())).toBeUndefined();
    });

    it('gives any range in order, and any number backwards', async () => {
      const accountId = freshAccount();
      const aggregateId = `account#${accountId}`;
      const history = await appendHistory(store, accountId, openedWith(11));
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
      const accountId = freshAccount();
      const aggregateId = `account#${accountId}`;
      const description = 'x'.repeat(300_000);
      const large: AccountEvent = {
        eventType: 'MoneyDeposited',
        eventData: { amount: 1n, currency: 'EUR', description },
      };
      for (let first = 1; first <= 9; first += 1) {
        await appendHistory(store, accountId, [first === 1 ? opened() : large], first);
      }
      const sequences = (events: readonly Pick<StoredEvent, 'eventSequence'>[]) =>
        events.map((event) => event.eventSequence);
      expect(sequences(await store.read(aggregateId))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(sequences(await store.readBackwards(aggregateId, { limit: 8 }))).toEqual([
        9, 8, 7, 6, 5, 4, 3, 2,
      ]);
      expect(await store.load(aggregateId)).toMatchObject({ version: 9, state: { balance: 8n } });
    });

    it('folds to the newest state, from nothing or from what is known', async () => {
      const accountId = freshAccount();
      const aggregateId = `account#${accountId}`;
      const history = await appendHistory(store, accountId, openedWith(250));
      const { loaded } = foldEvents(UNOPENED, history.map(toRecordedEvent));
      expect(await store.load(aggregateId)).toEqual(loaded);
      expect(await store.load(aggregateId)).toEqual(loaded);
      const known = foldEvents(UNOPENED, history.slice(0, 180).map(toRecordedEvent)).loaded;
      expect(await store.load(aggregateId, known)).toEqual(loaded);
      expect(await store.load(aggregateId, loaded)).toEqual(loaded);
    });

    it('folds to the state at any sequence', async () => {
      const accountId = freshAccount();
      const aggregateId = `account#${accountId}`;
      const history = await appendHistory(store, accountId, openedWith(320));
      for (const sequence of [0, 1, 99, 100, 101, 199, 200, 250, 300, 321, 999]) {
        const { loaded } = foldEvents(UNOPENED, history.slice(0, sequence).map(toRecordedEvent));
        expect(await store.loadAt(aggregateId, sequence)).toEqual(loaded);
      }
    });
  });

  describe('scan', () => {
    it.each([1, 3, 8])(
      'gives every event once, an aggregate’s in order, in %d segments',
      async (segments) => {
        const accountIds = Array.from({ length: 12 }, freshAccount);
        await Promise.all(accountIds.map((id) => appendHistory(store, id, openedWith(4))));
        const seen = new Map<string, number[]>();
        for await (const page of store.scan({ segments })) {
          for (const { aggregateId, eventSequence } of page) {
            seen.set(aggregateId, [...(seen.get(aggregateId) ?? []), eventSequence]);
          }
        }
        for (const accountId of accountIds) {
          expect(seen.get(`account#${accountId}`)).toEqual([1, 2, 3, 4, 5]);
        }
      },
    );

    it('can be left early', async () => {
      await appendHistory(store, freshAccount(), openedWith(3));
      for await (const page of store.scan()) {
        expect(page.length).toBeGreaterThan(0);
        break;
      }
    });
  });
}
