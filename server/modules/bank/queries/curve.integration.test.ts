import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Curve, curveSchema } from '#lib/modules/bank/queries.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { getCurve } from './curve.ts';

let postgres: Awaited<ReturnType<typeof createTestPostgres>>;

/** 20,000 movements on a wave, with one peak and one trough of a single event each. */
beforeAll(async () => {
  postgres = await createTestPostgres();
  const { sql } = postgres;
  await sql`
    insert into accounts values
      ('LONG', 'LONG', 'Owner', 'EUR', 0, 0, 'open', '2026-01-01T00:00:00Z', null, now(), 20001),
      ('NEW', 'NEW', 'Owner', 'JPY', 0, 0, 'open', '2026-01-02T00:00:00Z', null, now(), 1)`;
  await sql`
    insert into transactions
    select 'LONG', sequence, 'e' || sequence, 'deposit', 1,
      case sequence when 7777 then 9000000 when 12345 then -9000000
        else (1000 * sin(sequence / 500.0))::bigint end,
      'EUR', null, null, timestamptz '2026-01-01T00:00:00Z' + sequence * interval '1 minute'
    from generate_series(2, 20001) as sequence`;
  await sql`
    insert into transactions
    select 'SHORT', sequence, 's' || sequence, 'deposit', 1, sequence, 'EUR', null, null, now()
    from generate_series(2, 6) as sequence`;
  await sql`analyze transactions`;
});

afterAll(() => postgres.close());

async function get(accountId: string, points = 600): Promise<Curve> {
  return curveSchema.parse(await getCurve(postgres.db, accountId, points));
}

describe('the balance curve', () => {
  it.each([10, 100, 600, 5_000])('has at most the %d points asked for', async (points) => {
    const curve = await get('LONG', points);
    expect(curve.points.length).toBeLessThanOrEqual(points);
    expect(curve.points.length).toBeGreaterThan(points / 2.5);
  });

  it('keeps every peak and trough, and both ends', async () => {
    const { points } = await get('LONG', 100);
    const sequences = points.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(points[0]).toEqual({ sequence: 1, at: '2026-01-01T00:00:00.000Z', balance: '0' });
    expect(sequences[1]).toBe(2);
    expect(sequences.at(-1)).toBe(20_001);
    expect(points).toContainEqual({
      sequence: 7_777,
      at: '2026-01-06T09:37:00.000Z',
      balance: '9000000',
    });
    expect(points.find(({ sequence }) => sequence === 12_345)?.balance).toBe('-9000000');
  });

  it('shows every movement of a short account', async () => {
    const { points } = await get('SHORT');
    expect(points.map(({ balance }) => balance)).toEqual(['2', '3', '4', '5', '6']);
  });

  it('is one point where no money has moved, and nothing without an account', async () => {
    const { currency, points } = await get('NEW');
    expect({ currency, points }).toEqual({
      currency: 'JPY',
      points: [{ sequence: 1, at: '2026-01-02T00:00:00.000Z', balance: '0' }],
    });
    await expect(get('NOBODY')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  it('is quick on a long history', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const startedAt = performance.now();
      await get('LONG');
      times.push(performance.now() - startedAt);
    }
    times.sort((a, b) => a - b);
    expect(times[2]).toBeLessThan(500);
  });
});
