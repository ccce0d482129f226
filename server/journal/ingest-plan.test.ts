import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toStoredEvent } from '#server/event-store/codec.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import { anyJournal, toSimpleHistory } from '#server/testing/account-histories.ts';
import { planIngest } from './ingest-plan.ts';

const a = toSimpleHistory('A', 5).map(toStoredEvent);
const b = toSimpleHistory('B', 5).map(toStoredEvent);
const names = (events: readonly StoredEvent[]) => events.map(({ eventId }) => eventId);

describe('planIngest', () => {
  it('keeps arrival order across aggregates, and sequence order within one', () => {
    const batch = [a[1], b[0], a[0], b[1]].flatMap((event) => event ?? []);
    const plan = planIngest(batch, new Map());
    expect(names(plan.events)).toEqual(['A-1', 'B-1', 'A-2', 'B-2']);
    expect(plan.heads).toEqual(new Map(Object.entries({ 'account#A': 2, 'account#B': 2 })));
    expect(plan.gaps).toEqual([]);
  });

  it('drops what the journal has, and repetitions within the batch', () => {
    const batch = [...a, ...a, ...b.slice(0, 2)];
    const heads = new Map(Object.entries({ 'account#A': 3, 'account#B': 2 }));
    const plan = planIngest(batch, heads);
    expect(names(plan.events)).toEqual(['A-4', 'A-5']);
    expect(plan.heads).toEqual(new Map([['account#A', 5]]));
  });

  it('names what is missing, before the batch and within it, as one range', () => {
    const batch = [a[2], a[4], b[0]].flatMap((event) => event ?? []);
    const plan = planIngest(batch, new Map([['account#A', 1]]));
    expect(plan.gaps).toEqual([{ aggregateId: 'account#A', from: 2, to: 4 }]);
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
        const plan = planIngest(arrival.map(toStoredEvent), new Map());
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
