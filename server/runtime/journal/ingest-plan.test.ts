import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { anyJournal, toSimpleHistory } from '#server/testing/account-histories.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { planIngest } from './ingest-plan.ts';

const a = toSimpleHistory('A', 5).map(toStoredEvent);
const b = toSimpleHistory('B', 5).map(toStoredEvent);
const NOTHING = { heads: new Map(), dead: new Map() };
const names = (events: readonly StoredEvent[]) => events.map(({ eventId }) => eventId);

describe('planIngest', () => {
  it('keeps arrival order across aggregates, and sequence order within one', () => {
    const batch = [a[1], b[0], a[0], b[1]].flatMap((event) => event ?? []);
    const plan = planIngest(batch, NOTHING);
    expect(names(plan.events)).toEqual(['A-1', 'B-1', 'A-2', 'B-2']);
    expect(plan.heads).toEqual(new Map(Object.entries({ 'account#A': 2, 'account#B': 2 })));
    expect(plan.gaps).toEqual([]);
  });

  it('drops what the journal has, and repetitions within the batch', () => {
    const batch = [...a, ...a, ...b.slice(0, 2)];
    const heads = new Map(Object.entries({ 'account#A': 3, 'account#B': 2 }));
    const plan = planIngest(batch, { ...NOTHING, heads });
    expect(names(plan.events)).toEqual(['A-4', 'A-5']);
    expect(plan.heads).toEqual(new Map([['account#A', 5]]));
  });

  it('names what is missing, before the batch and within it, as one range', () => {
    const batch = [a[2], a[4], b[0]].flatMap((event) => event ?? []);
    const plan = planIngest(batch, { ...NOTHING, heads: new Map([['account#A', 1]]) });
    expect(plan.gaps).toEqual([{ aggregateId: 'account#A', from: 2, to: 4 }]);
  });

  it('lets an aggregate wait at what is broken, and the others go on', () => {
    const bad = toDeliveredEvent({ ...a[1], metadata: null });
    const plan = planIngest(
      [a[3], b[0], bad, a[2], a[0], b[1]].flatMap((e) => e ?? []),
      NOTHING,
    );
    expect(names(plan.events)).toEqual(['A-1', 'B-1', 'B-2']);
    expect(plan.heads.get('account#A')).toBe(1);
    expect(plan.broken).toEqual([bad]);
    expect(plan.gaps).toEqual([]);
  });

  it('asks for what comes before something broken first', () => {
    const bad = toDeliveredEvent({ ...a[3], metadata: null });
    const plan = planIngest([bad], { ...NOTHING, heads: new Map([['account#A', 1]]) });
    expect(plan.gaps).toEqual([{ aggregateId: 'account#A', from: 2, to: 3 }]);
  });

  it('leaves what waits behind a dead letter to the event store', () => {
    const heads = new Map([['account#A', 2]]);
    const at = (sequence: number) =>
      planIngest([...a, ...b], { heads, dead: new Map([['account#A', sequence]]) });
    expect(names(at(3).events)).toEqual(names(b));
    expect(at(3).gaps).toEqual([]);
    // One that the journal has got past is not in the way.
    expect(names(at(2).events)).toEqual(['A-3', 'A-4', 'A-5', ...names(b)]);
  });

  it('brings any order with any repetitions back to every event once, in order', () => {
    const anyArrival = anyJournal.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(anyArrival, ([events, arrival]) => {
        const plan = planIngest(arrival.map(toStoredEvent), NOTHING);
        expect(plan.gaps).toEqual([]);
        expect(names(plan.events).toSorted()).toEqual(
          events.map(({ eventId }) => eventId).toSorted(),
        );
        const heads = new Map<string, number>();
        for (const { aggregateId, eventSequence } of plan.events) {
          expect(eventSequence).toBe((heads.get(aggregateId) ?? 0) + 1);
          heads.set(aggregateId, eventSequence);
        }
        expect(plan.heads).toEqual(heads);
      }),
    );
  });
});
