import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArrivalRange, statsSchema } from '#lib/contracts/queries.ts';
import { bankTotalsSchema } from '#lib/modules/bank/queries.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { getBankTotals } from '#server/modules/bank/queries/bank-totals.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getStats } from './stats.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
});

afterAll(() => bank.close());

const ask = async (range: ArrivalRange = '2m', now = new Date()) =>
  statsSchema.parse(await getStats({ db: bank.postgres.db, now: () => now }, { range }));
const askTotals = async () => bankTotalsSchema.parse(await getBankTotals(bank.postgres.db));

describe('the figures', () => {
  it('are zeros for a new bank, second by second', async () => {
    const { arrivals, ...figures } = await ask();
    expect(figures).toEqual({
      events: 0,
      eventsPerSecond: 0,
      commandsPerSecond: 0,
      stepSeconds: 1,
    });
    expect(await askTotals()).toEqual({ accounts: 0, totals: [] });
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
    expect(figures).toMatchObject({ events: 6, eventsPerSecond: 0.4, commandsPerSecond: 0.4 });
    expect(await askTotals()).toEqual({
      accounts: 3,
      totals: [
        { currency: 'EUR', accounts: 2, balance: '20000' },
        { currency: 'JPY', accounts: 1, balance: '100' },
      ],
    });
    expect(arrivals.map(({ events }) => events).filter((events) => events > 0)).toEqual([1, 4]);
  });

  it('tell a quarter of an hour, an hour and a day by steps, up to what is over', async () => {
    const quarter = await ask('15m');
    expect(quarter).toMatchObject({ stepSeconds: 10 });
    expect(quarter.arrivals).toHaveLength(90);
    // What has come in this step is not over.
    const nextMinute = new Date(Date.now() + 60_000);
    for (const [range, steps, seconds] of [
      ['1h', 60, 60],
      ['24h', 144, 600],
    ] as const) {
      const { arrivals, stepSeconds } = await ask(range, nextMinute);
      expect([arrivals.length, stepSeconds]).toEqual([steps, seconds]);
      expect(arrivals.reduce((sum, { events }) => sum + events, 0)).toBe(6);
    }
  });

  it('keep the newest position of each minute growing, whatever the clock and a repair do', async () => {
    const { sql } = bank.postgres;
    const row = (position: number, at: string) => sql`
      insert into journal (position, aggregate_id, event_sequence, event_id, event_type, event_data,
        correlation_id, causation_id, "timestamp", version, metadata, ingested_at)
      values (${position}, 'account#S-9', ${position}, ${`s${position}`}, 'MoneyDeposited', '{}', 'c', 'c',
        now(), 1, '{}', ${at}::timestamptz)`;
    await sql`delete from journal_minutes`;
    await row(7, '2026-01-01T10:05:10Z');
    await row(8, '2026-01-01T10:03:00Z');
    await sql`delete from journal where position = 7`;
    await row(7, '2026-01-01T10:09:30Z');
    const rows = await sql`
      select extract(minute from minute)::int as minute, last_position::int as last
      from journal_minutes order by minute`;
    expect([...rows]).toEqual([
      { minute: 5, last: 8 },
      { minute: 9, last: 8 },
    ]);
  });
});
