import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statsSchema } from '#lib/contracts/queries.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getStats } from './stats.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
});

afterAll(() => bank.close());

const ask = async () => statsSchema.parse(await getStats(bank.postgres.db));

describe('the figures', () => {
  it('are zeros for a new bank, second by second', async () => {
    const { arrivals, ...figures } = await ask();
    expect(figures).toEqual({ accounts: 0, events: 0, eventsPerSecond: 0, totals: [] });
    expect(arrivals).toHaveLength(120);
    const times = arrivals.map(({ at }) => Date.parse(at));
    times.forEach((time, index) => {
      expect(time % 1_000).toBe(0);
      expect(time).toBe((times[0] ?? 0) + index * 1_000);
    });
    const age = Date.now() - (times.at(-1) ?? 0);
    expect(age).toBeGreaterThanOrEqual(1_000);
    expect(age).toBeLessThan(3_000);
  });

  it('count accounts and money per currency, and events by the second they came in', async () => {
    for (const [number, currency] of [
      ['S-1', 'EUR'],
      ['S-2', 'EUR'],
      ['S-3', 'JPY'],
    ]) {
      await bank.run(openAccount, { number, owner: 'Ada', currency });
      await bank.run(deposit, { accountId: number, amount: '100', currency });
    }
    await bank.settle();
    const { sql } = bank.postgres;
    await sql`
      update journal set ingested_at = date_trunc('second', now()) - interval '7.5 seconds'
      where position <= 4`;
    await sql`
      update journal set ingested_at = date_trunc('second', now()) - interval '60 seconds'
      where position = 5`;
    await sql`
      update journal set ingested_at = now() - interval '10 minutes' where position = 6`;
    const { arrivals, ...figures } = await ask();
    expect(figures).toEqual({
      accounts: 3,
      events: 6,
      eventsPerSecond: 0.4,
      totals: [
        { currency: 'EUR', accounts: 2, balance: '20000' },
        { currency: 'JPY', accounts: 1, balance: '100' },
      ],
    });
    expect(arrivals.map(({ events }) => events).filter((events) => events > 0)).toEqual([1, 4]);
  });
});
