import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { reconcile } from './reconcile.ts';
import { repairView, toRepairable } from './repair-view.ts';

let bank: TestBank;
let deps: IntegrityDeps;
const olga = { actor: 'olga', reason: 'Ticket 7' };
const now = { settleMs: 0 };

beforeAll(async () => {
  bank = await createTestBank();
  deps = { ...bank, db: bank.postgres.db };
  for (const number of ['A', 'B']) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
  }
  for (let round = 0; round < 5; round += 1) {
    await payIn('A');
    await payIn('B');
    if (round === 2) {
      await giveNul('account#A');
    }
    await bank.ingest();
  }
  await bank.settle();
});
afterAll(() => bank.close());

const payIn = (accountId: string) =>
  bank.run(deposit, { accountId, amount: '7.00', currency: 'EUR' });

/** Puts into an aggregate's newest event what PostgreSQL cannot hold. */
async function giveNul(aggregateId: string): Promise<void> {
  const { documents, tables } = bank.dynamo;
  const [event] = await bank.store.readBackwards(aggregateId, { limit: 1 });
  const Item = { ...event, correlationId: 'c-\0' };
  await documents.send(new PutCommand({ TableName: tables.events, Item }));
}

/** The journal in its order, without the time of arrival. */
const journal = () => bank.postgres.sql`
  SELECT position::int, aggregate_id, event_sequence, event_id, event_type, event_data, "timestamp"
  FROM journal ORDER BY position
`;

const repair = async (accountId: string) => {
  for (const view of toRepairable(bank.registered, `account#${accountId}`)) {
    expect(await repairView(deps, { aggregateId: `account#${accountId}`, view }, olga)).toEqual({
      view,
      waitsAt: null,
    });
  }
};

it.each([
  [`UPDATE journal SET event_data = '{"amount": "1", "currency": "EUR"}'`, 'A', ['3/eventData']],
  [`UPDATE journal SET event_type = 'MoneyWithdrawn'`, 'A', ['3/eventType']],
  [`UPDATE journal SET event_id = 'another'`, 'A', ['3/eventId']],
  [`UPDATE journal SET "timestamp" = "timestamp" - interval '1 ms'`, 'A', ['3/timestamp']],
  [`UPDATE journal SET metadata = '{"actor": "eve"}'`, 'A', ['3/metadata']],
  [`DELETE FROM journal`, 'A', ['3']],
  [`UPDATE journal SET event_sequence = 99`, 'A', ['3', 'version']],
  [`UPDATE journal SET aggregate_id = 'account#B', event_sequence = 99`, 'A', ['3']],
])('is found and mended in its place: %s', async (statement, accountId, fields) => {
  const before = await journal();
  await bank.postgres.sql.unsafe(
    `${statement} WHERE aggregate_id = 'account#A' AND event_sequence = 3`,
  );
  const { items, different } = await reconcile(deps, now);
  expect(different).toBeGreaterThan(0);
  const found = items.filter((item) => item.aggregateId === `account#${accountId}`);
  expect(found.map(({ view }) => view)).toContain('journal');
  expect(found.map(({ field }) => field)).toEqual(expect.arrayContaining(fields));
  await repair('A');
  expect(await journal()).toEqual(before);
  expect(await reconcile(deps, now)).toMatchObject({ different: 0, items: [] });
});

it.each(['event_sequence > 2', 'event_sequence IN (1, 4, 5)', 'true'])(
  'brings back every row that is gone: %s',
  async (where) => {
    const before = await journal();
    await bank.postgres.sql.unsafe(
      `DELETE FROM journal WHERE aggregate_id = 'account#A' AND ${where}`,
    );
    await repair('A');
    expect(await journal()).toEqual(before);
    await payIn('A');
    await bank.settle();
    expect(await reconcile(deps, now)).toMatchObject({ different: 0, items: [] });
  },
);

it('puts the newest behind everything, where its position is gone as well', async () => {
  const { sql } = bank.postgres;
  await payIn('A');
  await bank.settle();
  await sql`DELETE FROM journal WHERE position = (SELECT position FROM journal_head)`;
  await sql`UPDATE journal_head SET position = position - 1`;
  await repair('A');
  const [head] = await sql`SELECT position::int FROM journal_head`;
  expect((await journal()).at(-1)).toMatchObject({
    position: head?.position,
    aggregate_id: 'account#A',
  });
  expect(await reconcile(deps, now)).toMatchObject({ different: 0, items: [] });
});

it('says so when an event has no place left', async () => {
  const { sql } = bank.postgres;
  await sql`DELETE FROM journal WHERE aggregate_id = 'account#A' AND event_sequence = 2`;
  await sql`
    UPDATE journal SET position = (
      SELECT place FROM generate_series(1, 100) place
      WHERE NOT EXISTS (SELECT FROM journal WHERE position = place) ORDER BY place LIMIT 1
    ) WHERE aggregate_id = 'account#B' AND event_sequence = 6
  `;
  await expect(
    repairView(deps, { aggregateId: 'account#A', view: 'journal' }, olga),
  ).rejects.toThrow('The journal lacks event 2 of account#A, and has no position left for it');
});
