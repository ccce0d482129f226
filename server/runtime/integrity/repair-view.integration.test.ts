import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { listHotActions } from '#server/runtime/dead-letters/hot-actions.ts';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
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
    await payIn(number);
    await payIn(number);
  }
  await bank.settle();
});
afterAll(() => bank.close());

const payIn = (accountId: string) =>
  bank.run(deposit, { accountId, amount: '7.00', currency: 'EUR' });

async function repairAll(accountId: string) {
  const repaired = [];
  for (const view of REPAIRABLE) {
    repaired.push(await repairView(deps, { aggregateId: `account#${accountId}`, view }, olga));
  }
  return repaired;
}

const REPAIRABLE = toRepairable(TEST_REGISTRY, 'account#A');
const REPAIRED = REPAIRABLE.map((view) => ({ view, waitsAt: null }));

/** Makes everything wrong that the views hold of account A, but for how far they have come. */
async function tamper(): Promise<void> {
  const { sql } = bank.postgres;
  await sql`UPDATE accounts SET balance = balance + 1 WHERE account_id = 'A'`;
  await sql`DELETE FROM transactions WHERE account_id = 'A' AND sequence = 2`;
  await sql`UPDATE daily_balances SET total_in = 1 WHERE account_id = 'A'`;
  await sql`UPDATE account_summaries SET total_in = 1 WHERE account_id = 'A'`;
  await sql`UPDATE account_months SET total_in = 1 WHERE account_id = 'A'`;
  const { documents, tables } = bank.dynamo;
  const Key = { accountId: 'A' };
  await documents.send(
    new UpdateCommand({
      TableName: `${tables.prefix}account-balances`,
      Key,
      UpdateExpression: 'SET balance = :wrong',
      ExpressionAttributeValues: { ':wrong': '1' },
    }),
  );
  await documents.send(
    new UpdateCommand({
      TableName: `${tables.prefix}recent-transactions`,
      Key,
      UpdateExpression: 'SET transactions = :wrong',
      ExpressionAttributeValues: { ':wrong': '[]' },
    }),
  );
}

it('puts every view right, while commands go on', async () => {
  await tamper();
  const before = await reconcile(deps, now);
  expect(before).toMatchObject({ checked: 2, different: 1 });
  const tampered = REPAIRABLE.filter((view) => view !== 'journal');
  expect(new Set(before.items.map(({ view }) => view))).toEqual(new Set(tampered));

  let isOver = false;
  let commands = 0;
  const trading = (async () => {
    for (; !isOver; commands += 1) {
      await Promise.all([payIn('A'), payIn('B')]);
      await bank.ingest();
    }
  })();
  for (let round = 0; round < 10; round += 1) {
    expect(await repairAll('A')).toEqual(REPAIRED);
  }
  isOver = true;
  await trading;
  await bank.settle();
  expect(commands).toBeGreaterThan(10);
  expect(await reconcile(deps, now)).toMatchObject({ checked: 2, differences: 0, items: [] });
});

it('brings in what waited because of the rows', async () => {
  const { sql } = bank.postgres;
  // The views say that they lack events: the next one does not follow.
  await sql`UPDATE accounts SET version = 1 WHERE account_id = 'A'`;
  await sql`UPDATE account_summaries SET version = 1 WHERE account_id = 'A'`;
  await bank.dynamo.documents.send(
    new PutCommand({
      TableName: `${bank.dynamo.tables.prefix}account-balances`,
      Item: { accountId: 'A', sequence: 'many' },
    }),
  );
  await payIn('A');
  await bank.settle();
  const list = () => listDeadLetters({ ...deps, registered: TEST_REGISTRY });
  expect((await list()).groups.length).toBeGreaterThan(0);
  expect(await repairAll('A')).toEqual(REPAIRED);
  expect((await list()).groups).toEqual([]);
  expect(await reconcile(deps, now)).toMatchObject({ differences: 0, items: [] });
});

it('takes an account out that the events do not know', async () => {
  const { sql } = bank.postgres;
  await sql`UPDATE accounts SET account_id = 'GHOST' WHERE account_id = 'B'`;
  await bank.dynamo.documents.send(
    new PutCommand({
      TableName: `${bank.dynamo.tables.prefix}recent-transactions`,
      Item: { accountId: 'GHOST', sequence: 1, transactions: '[]' },
    }),
  );
  expect(await reconcile(deps, now)).toMatchObject({ different: 2 });
  expect(await repairAll('GHOST')).toEqual(REPAIRED);
  expect(await reconcile(deps, now)).toMatchObject({ different: 1 });
  await repairView(deps, { aggregateId: 'account#B', view: 'accounts' }, olga);
  expect(await reconcile(deps, now)).toMatchObject({ differences: 0, items: [] });
});

it('says at which event it stops, and leaves what comes before', async () => {
  const { sql } = bank.postgres;
  const [{ newest } = { newest: 0 }] = await sql<{ newest: number }[]>`
    SELECT max(event_sequence) AS newest FROM journal WHERE aggregate_id = 'account#B'
  `;
  const setType = (eventType: string) => sql`
    UPDATE journal SET event_type = ${eventType}
    WHERE aggregate_id = 'account#B' AND event_sequence = ${newest}
  `;
  await setType('Unheard');
  const repair = () => repairView(deps, { aggregateId: 'account#B', view: 'accounts' }, olga);
  expect(await repair()).toEqual({
    view: 'accounts',
    waitsAt: { eventSequence: newest, error: expect.stringContaining('Unheard') },
  });
  const [row] = await sql`SELECT version FROM accounts WHERE account_id = 'B'`;
  expect(row).toEqual({ version: newest - 1 });
  await setType('MoneyDeposited');
  expect(await repair()).toEqual({ view: 'accounts', waitsAt: null });
  expect(await reconcile(deps, now)).toMatchObject({ differences: 0 });
});

it('is on record, with who and why', async () => {
  const { sql } = bank.postgres;
  await repairAll('A');
  const rows = await sql`
    SELECT DISTINCT ON (subject) subject, actor, action, reason, effect->>'aggregateId' AS aggregate
    FROM operator_actions ORDER BY subject, id DESC
  `;
  const expected = { actor: 'olga', action: 'repair', reason: 'Ticket 7' };
  expect(rows).toEqual(
    ['journal', ...TEST_REGISTRY.views.map(({ name }) => name)]
      .toSorted()
      .map((subject) => ({ subject, ...expected, aggregate: 'account#A' })),
  );
  for (const view of ['account-balances', 'recent-transactions']) {
    const [action] = await listHotActions(bank.dynamo, view, 1);
    expect(action).toMatchObject({ ...expected, effect: { aggregateId: 'account#A' } });
  }
});

it('refuses a view that there is not', async () => {
  await expect(
    repairView(deps, { aggregateId: 'account#A', view: 'ledger' }, olga),
  ).rejects.toThrow('There is no view “ledger”');
});
