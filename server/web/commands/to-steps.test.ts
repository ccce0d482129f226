import { describe, expect, it } from 'vitest';
import { type KnownWay, toSteps } from './to-steps.ts';

const view: KnownWay['views'][number] = {
  view: 'accounts',
  aggregateType: 'account',
  database: 'PostgreSQL',
  state: 'done',
  position: 7,
  note: null,
  at: 1_040,
};
const way: KnownWay = {
  startedAt: 1_000,
  acceptedAt: 1_002,
  storedAt: 1_010,
  journal: { state: 'done', at: 1_025 },
  views: [view],
};
const msOf = (known: KnownWay) => toSteps(known).map(({ ms }) => ms);

describe('the stations of a command’s way', () => {
  it('are in milliseconds after its beginning', () => {
    expect(toSteps(way).map(({ name, ms }) => [name, ms])).toEqual([
      ['accepted', 2],
      ['stored', 10],
      ['journal', 25],
      ['accounts', 40],
    ]);
  });

  it('have no time where nobody recorded one, and never zero instead', () => {
    expect(msOf({ ...way, storedAt: undefined, views: [{ ...view, at: undefined }] })).toEqual([
      2,
      null,
      25,
      null,
    ]);
    expect(msOf({ ...way, startedAt: undefined })).toEqual([null, null, null, null]);
  });

  it('have none before they are reached', () => {
    const waiting = { ...view, state: 'waiting', note: 'Wait.' } as const;
    expect(toSteps({ ...way, views: [waiting] }).at(-1)).toMatchObject({
      state: 'waiting',
      ms: null,
      note: 'Wait.',
    });
  });

  it('have none where two clocks disagree, which is said', () => {
    const steps = toSteps({ ...way, journal: { state: 'done', at: 900 } });
    expect(steps[2]).toMatchObject({
      state: 'done',
      ms: null,
      note: expect.stringMatching(/clocks/),
    });
  });

  it('may be passed before the answer of the event store is here, which is said', () => {
    const [, stored] = toSteps({ ...way, storedAt: 1_030 });
    expect(stored).toMatchObject({
      ms: 30,
      note: expect.stringMatching(/before DynamoDB’s answer/),
    });
  });
});
