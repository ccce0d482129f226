import { createPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { toMessage } from '#server/testing/crm-messages.ts';
import { evolveRecord } from './evolve-record.ts';
import type { RecordEvent } from './record-events.ts';
import { INITIAL_RECORD, type RecordState } from './record-state.ts';

const timestamp = '2024-06-01T00:00:00.000Z';
const BEGIN = 1_704_067_200_000;

type Header = Parameters<typeof toMessage>[0];

const change = (header: Header, fields: Record<string, JsonValue> = {}): RecordEvent => ({
  eventType: 'CrmAccountChanged',
  eventData: {
    message: toMessage(header, fields),
    changeType: '',
    commitNumber: '',
    sequenceNumber: 0,
    committedAt: timestamp,
  },
});

/** A reading of the record as it was after that commit. */
const reading = (commit: number, fields: Record<string, JsonValue>): RecordEvent => ({
  eventType: 'CrmAccountRead',
  eventData: {
    record: JSON.stringify(fields),
    modifiedAt: new Date(BEGIN + commit).toISOString(),
  },
});

const recordOf = (...events: readonly RecordEvent[]): RecordState =>
  events.reduce((state, event) => evolveRecord(state, { ...event, timestamp }), INITIAL_RECORD);

describe('a record', () => {
  it('has what its changes said last, whenever they came', () => {
    const create = change({ changeType: 'CREATE', commitNumber: 1 }, { Name: 'A', Phone: '1' });
    const rename = change({ commitNumber: 3 }, { Name: 'C' });
    const late = change({ commitNumber: 2 }, { Name: 'B', Phone: null });
    expect(recordOf(create, rename, late).values).toEqual({ Name: 'C', Phone: null });
    expect(recordOf(rename, create, late)).toEqual(recordOf(create, late, rename));
  });

  it('goes by the place in the transaction where the commit is the same', () => {
    const first = change({ commitNumber: 5, sequenceNumber: 9 }, { Name: 'nine' });
    const second = change({ commitNumber: 5, sequenceNumber: 10 }, { Name: 'ten' });
    expect(recordOf(second, first).values).toEqual({ Name: 'ten' });
  });

  it('is deleted and comes back', () => {
    const create = change({ changeType: 'CREATE', commitNumber: 1 }, { Name: 'A' });
    const remove = change({ changeType: 'DELETE', commitNumber: 2 });
    const undelete = change({ changeType: 'UNDELETE', commitNumber: 3 }, { Name: 'A' });
    expect(recordOf(create, remove)).toMatchObject({ isDeleted: true, values: { Name: 'A' } });
    expect(recordOf(create, undelete, remove)).toMatchObject({ isDeleted: false });
  });

  it('must be read after a gap, until it was read as of then', () => {
    const gap = change({ changeType: 'GAP_UPDATE', commitNumber: 5 });
    expect(recordOf(gap).needsReading).toBe(true);
    expect(recordOf(gap, reading(4, { Name: 'old' })).needsReading).toBe(true);
    expect(recordOf(gap, reading(5, { Name: 'new' }))).toMatchObject({
      needsReading: false,
      values: { Name: 'new' },
    });
    expect(recordOf(change({ changeType: 'GAP_DELETE', commitNumber: 5 }))).toMatchObject({
      needsReading: false,
      isDeleted: true,
    });
  });

  it('keeps what is newer than a reading', () => {
    const older = change({ commitNumber: 2 }, { Name: 'two', Phone: '2' });
    const newer = change({ commitNumber: 9 }, { Name: 'nine' });
    expect(recordOf(newer, reading(5, { Name: 'five', Phone: '5' }), older).values).toEqual({
      Name: 'nine',
      Phone: '5',
    });
  });

  it('has the parts of a compound field that an update leaves out', () => {
    const create = change(
      { changeType: 'CREATE', commitNumber: 1 },
      { BillingAddress: { City: 'Oslo', Street: 'Karl Johan' } },
    );
    const move = change({ commitNumber: 2 }, { BillingAddress: { Street: 'Storgata' } });
    expect(recordOf(create, move).values).toEqual({
      BillingCity: 'Oslo',
      BillingStreet: 'Storgata',
    });
  });

  it('applies differences of a text in their order, and says where one does not fit', () => {
    const texts = ['one\n', 'one\ntwo\n', 'one\ntwo\nthree\n'];
    const diff = (from: number, commitNumber: number) =>
      change(
        { commitNumber, diffFields: ['Description'] },
        { Description: createPatch('', texts[from] ?? '', texts[from + 1] ?? '') },
      );
    const create = change(
      { changeType: 'CREATE', commitNumber: 1 },
      { Description: texts[0] ?? '' },
    );
    expect(recordOf(create, diff(1, 3), diff(0, 2)).values).toEqual({ Description: texts[2] });
    const misfit = recordOf(create, diff(1, 3));
    expect(misfit.values).toEqual({});
    expect(misfit.needsReading).toBe(true);
  });
});

type Step = {
  readonly kind: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE' | 'GAP_UPDATE' | 'READ';
  readonly fields: Record<string, JsonValue>;
};

/** What a source of truth would hold: each step applied in its place. */
function toTruth(steps: readonly Step[]) {
  const values: Record<string, JsonValue> = {};
  let isDeleted = false;
  for (const { kind, fields } of steps) {
    Object.assign(values, fields);
    isDeleted = kind === 'DELETE' || (isDeleted && (kind === 'UPDATE' || kind === 'GAP_UPDATE'));
  }
  return { values, isDeleted };
}

describe('in any order, any of it twice', () => {
  const fields = fc.dictionary(
    fc.constantFrom('Name', 'Phone', 'Status__c'),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  );
  const step = fc.record({
    kind: fc.constantFrom('CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_UPDATE', 'READ'),
    fields,
  });

  it('comes to the same as in time', () => {
    fc.assert(
      fc.property(
        fc.array(step as fc.Arbitrary<Step>, { minLength: 1, maxLength: 12 }).chain((steps) =>
          fc.tuple(
            fc.constant(steps),
            fc.shuffledSubarray(
              steps.map((_, i) => i),
              { minLength: steps.length },
            ),
          ),
        ),
        ([steps, order]) => {
          const events = steps.map(({ kind, fields: said }, index) =>
            kind === 'READ'
              ? reading(index + 1, said)
              : change({ changeType: kind, commitNumber: index + 1 }, said),
          );
          const shuffled = order.map((index) => events[index] as RecordEvent);
          const { held, ...state } = recordOf(...shuffled);
          expect(state).toMatchObject(toTruth(steps));
          const inTime = recordOf(...events);
          expect({ held, ...state }).toEqual(inTime);
        },
      ),
      { numRuns: 300 },
    );
  });
});
