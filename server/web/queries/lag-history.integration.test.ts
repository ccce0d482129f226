import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { lagHistorySchema } from '#lib/contracts/queries.ts';
import { startLagSampler } from '#server/runtime/system/lag-sampler.ts';
import { lagSamples } from '#server/runtime/system/lag-samples-table.ts';
import { isLagSampledSince, writeLagSamples } from '#server/runtime/system/sample-lag.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getLagHistory } from './lag-history.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
});

beforeEach(() => bank.postgres.db.delete(lagSamples));

afterAll(() => bank.close());

const ask = async (projection: string, range: 'hour' | 'day' = 'hour') => {
  const deps = { db: bank.postgres.db, registry: bank.registered, now: () => new Date() };
  return lagHistorySchema.parse(await getLagHistory(deps, { projection, range }));
};
const write = (events: number, seconds: number) =>
  writeLagSamples(bank.postgres.db, [{ view: 'accounts', events, seconds }]);

/** Moves every sample into the past. */
const age = (interval: string) =>
  bank.postgres.db.execute(sql`UPDATE lag_samples SET minute = minute - ${interval}::interval`);

it('keeps of each minute the most and the last, and has gaps between', async () => {
  await write(7, 3);
  await age('5 minutes');
  await write(5, 2);
  await write(1, 0.5);
  const { points, stepSeconds } = await ask('accounts');
  expect([points.length, stepSeconds]).toEqual([60, 60]);
  const measured = points.flatMap((point) => point.measured ?? []);
  // The two may have met the end of a minute between them.
  expect(measured[0]).toEqual({ maxEvents: 7, maxSeconds: 3, lastEvents: 7, lastSeconds: 3 });
  expect(measured.at(-1)).toMatchObject({ lastEvents: 1, lastSeconds: 0.5 });
  expect(points.at(-4)?.measured).toBeNull();
  expect((await ask('transactions')).points.every((point) => point.measured === null)).toBe(true);
});

it('shows a day in steps of five minutes, and forgets what is older', async () => {
  await write(7, 3);
  await age('3 hours');
  const day = await ask('accounts', 'day');
  expect([day.points.length, day.stepSeconds]).toEqual([288, 300]);
  expect(day.points.flatMap((point) => point.measured ?? [])).toMatchObject([{ maxEvents: 7 }]);
  expect((await ask('accounts')).points.every((point) => point.measured === null)).toBe(true);
  await age('23 hours');
  await write(0, 0);
  expect(await bank.postgres.db.$count(lagSamples)).toBe(1);
});

it('has of a hot view what its consumer has, and refuses a name that nothing has', async () => {
  expect((await ask('account-balances')).view).toBe('hot-views');
  expect((await ask('journal')).view).toBe('journal');
  await expect(ask('nothing')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('is written by one of several workers, whatever becomes of it', async () => {
  const { db } = bank.postgres;
  const start = () =>
    startLagSampler({
      dynamo: bank.dynamo,
      db,
      views: bank.registered.views,
      logger: bank.logger,
      intervalMs: 100,
    });
  await db.execute(sql`ALTER TABLE lag_samples RENAME TO hidden`);
  const samplers = [start(), start()];
  await db.execute(sql`ALTER TABLE hidden RENAME TO lag_samples`);
  await expect.poll(() => isLagSampledSince(db, 10_000)).toBe(true);
  await Promise.all(samplers.map((sampler) => sampler.stop()));
  const rows = await db.select().from(lagSamples);
  expect(new Set(rows.map(({ view }) => view))).toEqual(
    new Set(['journal', 'hot-views', ...bank.registered.views.map(({ name }) => name)]),
  );
});
