import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRangePlanner } from './plan-ranges.ts';

const BEFORE = '2026-06-01T00:00:00.000Z';

/** Events of one aggregate, each given as its sequence, its day, and its type. */
function plan(
  events: readonly (readonly [number, string, string?] | undefined)[],
  archived: Readonly<Record<string, number>> = {},
) {
  const planner = createRangePlanner({
    before: BEFORE,
    archived: new Map(Object.entries(archived)),
    isFinal: (_, eventType) => eventType === 'Closed',
  });
  for (const event of events) {
    planner.add(
      event && {
        aggregateId: 'account#A',
        eventSequence: event[0],
        timestamp: `${event[1]}T12:00:00.000Z`,
        eventType: event[2] ?? 'Moved',
      },
    );
  }
  const { ranges, ...counts } = planner.finish();
  return { range: ranges.get('account#A'), ...counts };
}

describe('what is archived', () => {
  it('is what is older than the day', () => {
    expect(
      plan([
        [1, '2026-05-01'],
        [2, '2026-05-31'],
        [3, '2026-06-01'],
      ]),
    ).toEqual({
      range: { from: 1, to: 2 },
      closed: 0,
      left: 0,
    });
  });

  it('is a closed aggregate as a whole', () => {
    expect(
      plan([
        [1, '2026-05-01'],
        [2, '2026-07-01'],
        [3, '2026-07-02', 'Closed'],
      ]),
    ).toEqual({
      range: { from: 1, to: 3 },
      closed: 1,
      left: 0,
    });
  });

  it('follows what is archived, whether that is still in the store or not', () => {
    const range = { from: 3, to: 3 };
    expect(
      plan(
        [
          [3, '2026-05-03'],
          [4, '2026-07-01'],
        ],
        { 'account#A': 2 },
      ),
    ).toMatchObject({ range });
    expect(
      plan(
        [
          [1, '2026-05-01'],
          [2, '2026-05-02'],
          [3, '2026-05-03'],
        ],
        { 'account#A': 2 },
      ),
    ).toMatchObject({ range });
    expect(plan([[2, '2026-05-02']], { 'account#A': 2 })).toMatchObject({ range: undefined });
  });

  it('ends before a gap, also in a closed aggregate, and what is behind it is counted', () => {
    expect(
      plan([[1, '2026-05-01'], [3, '2026-05-03'], [4, '2026-05-04', 'Closed'], undefined]),
    ).toEqual({ range: { from: 1, to: 1 }, closed: 0, left: 3 });
  });

  it('is the first events of an aggregate, whatever was archived before', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        (count, old, upTo) => {
          const events = Array.from({ length: count }, (_, index) => {
            return [index + 1, index < old ? '2026-05-01' : '2026-06-02'] as const;
          });
          const expected = Math.min(count, old);
          expect(plan(events, { 'account#A': upTo }).range).toEqual(
            upTo < expected ? { from: upTo + 1, to: expected } : undefined,
          );
        },
      ),
    );
  });
});
