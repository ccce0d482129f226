import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { evolve, initialState } from '#server/modules/bank/domain/account-state.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toAccountEvent } from '#server/testing/account-event.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { appendHistory, freshAccount, openedWith } from '#server/testing/event-store-contract.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { commandRecord, minute, toStoredHistory } from '#server/testing/sample-events.ts';
import { getFrames } from './get-frames.ts';
import { getSequenceAt } from './get-sequence-at.ts';
import { getStateAt } from './get-state-at.ts';

const dynamo = await createTestDynamo();
afterAll(() => dynamo.close());

const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const accountId = freshAccount();
const aggregateId = `account#${accountId}`;
const nobody = () => `account#${freshAccount()}`;
const VERSION = 720;
const history = await appendHistory(store, accountId, openedWith(VERSION - 1));
const stateAfter = (sequence: number) =>
  history.slice(0, sequence).map(toAccountEvent).reduce(evolve, initialState);

describe('getStateAt', () => {
  it('is the fold up to any sequence', async () => {
    for (const sequence of [0, 1, 2, 100, 357, 700, VERSION]) {
      expect(await getStateAt(store, aggregateId, sequence)).toEqual({
        state: stateAfter(sequence),
        version: sequence,
      });
    }
  });

  it.each([-1, VERSION + 1, 1.5, Number.NaN])('has nothing at %d', async (sequence) => {
    await expect(getStateAt(store, aggregateId, sequence)).rejects.toMatchObject({
      code: 'SEQUENCE_NOT_FOUND',
      message: expect.stringContaining(`0 to ${VERSION}`),
    });
  });

  it.each([0, 1])('says that an account is not there, at %d', async (sequence) => {
    await expect(getStateAt(store, nobody(), sequence)).rejects.toMatchObject({
      code: 'AGGREGATE_NOT_FOUND',
    });
  });
});

describe('getSequenceAt', () => {
  it.each([
    ['before the opening', '1999-12-31T00:00:00Z', 0],
    ['at the opening', minute(1), 1],
    ['a millisecond before an event', new Date(Date.parse(minute(357)) - 1).toISOString(), 356],
    ['at an event', minute(357), 357],
    ['between two events', new Date(Date.parse(minute(357)) + 30_000).toISOString(), 357],
    ['at an event, written with another offset', '2026-01-01T02:05:00+02:00', 5],
    ['at a time without milliseconds', '2026-01-01T00:05:00Z', 5],
    ['at the end of a day', '2026-01-01', VERSION],
    ['at the end of the day before', '2025-12-31', 0],
    ['after the last event', '2099-01-01T00:00:00.000Z', VERSION],
  ])('finds the last event up to a time: %s', async (_, time, sequence) => {
    expect(await getSequenceAt(store, aggregateId, time)).toBe(sequence);
  });

  it('finds the last of several events at one moment', async () => {
    const id = freshAccount();
    const events = toStoredHistory(id, openedWith(9)).map((event) => ({
      ...event,
      timestamp: minute(Math.ceil(event.eventSequence / 4)),
    }));
    await store.append(events, commandRecord());
    const found = await Promise.all(
      [0, 1, 2, 3].map((n) => getSequenceAt(store, `account#${id}`, minute(n))),
    );
    expect(found).toEqual([0, 4, 8, 10]);
  });

  it.each(['', 'yesterday', '-1', '2026-13-01T00:00:00Z'])(
    'refuses the time “%s”',
    async (time) => {
      await expect(getSequenceAt(store, aggregateId, time)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    },
  );

  it('says that an account is not there', async () => {
    await expect(getSequenceAt(store, nobody(), minute(1))).rejects.toMatchObject({
      code: 'AGGREGATE_NOT_FOUND',
    });
  });
});

describe('getFrames', () => {
  it('gives each state with the event that led to it', async () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: VERSION }), fc.integer({ min: 0, max: 300 }))
      .map(([from, length]) => ({ from, to: from + length }));
    await fc.assert(
      fc.asyncProperty(range, async ({ from, to }) => {
        const { frames, version } = await getFrames(store, aggregateId, { from, to });
        expect(version).toBe(VERSION);
        const last = Math.min(to, VERSION);
        expect(frames.map(({ sequence }) => sequence)).toEqual(
          Array.from({ length: last - from + 1 }, (_, index) => from + index),
        );
        const [first, final] = [frames[0], frames.at(-1)];
        expect(first).toEqual({
          sequence: from,
          event: history[from - 1],
          state: stateAfter(from),
        });
        expect(final?.state).toEqual(stateAfter(last));
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [{ from: 5, to: 4 }, 'INVALID_INPUT'],
    [{ from: 1, to: 501 }, 'INVALID_INPUT'],
    [{ from: 0.5, to: 2 }, 'INVALID_INPUT'],
    [{ from: 1, to: Number.POSITIVE_INFINITY }, 'INVALID_INPUT'],
    [{ from: -1, to: 5 }, 'SEQUENCE_NOT_FOUND'],
    [{ from: VERSION + 1, to: VERSION + 2 }, 'SEQUENCE_NOT_FOUND'],
  ])('refuses %j with %s', async (range, code) => {
    await expect(getFrames(store, aggregateId, range)).rejects.toMatchObject({ code });
  });

  it('says that an account is not there', async () => {
    await expect(getFrames(store, nobody(), { from: 0, to: 5 })).rejects.toMatchObject({
      code: 'AGGREGATE_NOT_FOUND',
    });
  });
});
