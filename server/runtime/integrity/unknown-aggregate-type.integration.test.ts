import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { commandRecord, deposited, toStoredHistory } from '#server/testing/sample-events.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { reconcile } from './reconcile.ts';
import { repairView } from './repair-view.ts';

let bank: TestBank;
const TIMEOUT = { timeout: 20_000, interval: 20 };

beforeAll(async () => {
  bank = await createTestBank();
});
afterAll(() => bank.close());

const toDeps = () => ({ ...bank, db: bank.postgres.db });

/** A ship's history as another program has written it: this one has no module for ships. */
const SHIP = 'ship#S-1';
const history = toStoredHistory('S-1', [deposited(1n), deposited(1n)]).map((event) => ({
  ...event,
  aggregateId: SHIP,
  eventType: 'ShipSailed',
  eventData: { port: 'Brest' },
}));

it('is journaled, and keeps nobody waiting', async () => {
  const { postgres, store } = bank;
  const tokens = [{ aggregateId: SHIP, sequence: 2 }];
  const commandId = history[0]?.metadata.commandId ?? '';
  expect(await store.append(history, commandRecord({ commandId, tokens }))).toEqual({
    kind: 'appended',
  });
  await bank.run(openAccount, { number: 'A', owner: 'Ada', currency: 'EUR' });
  const consumers = startStreamConsumers({ ...bank, db: postgres.db });
  await expect
    .poll(() => getAccountBalance(bank.dynamo, 'A'), TIMEOUT)
    .toMatchObject({ sequence: 1 });
  await bank.settle();
  const rows = await postgres.sql`
    SELECT event_type, event_data FROM journal WHERE aggregate_id = ${SHIP} ORDER BY event_sequence
  `;
  expect(rows).toEqual(
    history.map(() => ({ event_type: 'ShipSailed', event_data: { port: 'Brest' } })),
  );
  expect(await postgres.sql`SELECT DISTINCT position::int FROM projections`).toEqual([
    { position: 3 },
  ]);
  expect(consumers.map((each) => each.status().map(({ error }) => error))).toEqual([
    [null],
    [null],
  ]);
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  expect(await listDeadLetters(toDeps())).toEqual({ groups: [], problems: [] });
});

it('is shown by a reconciliation as what this program cannot compare', async () => {
  expect(await reconcile(toDeps(), { settleMs: 0 })).toMatchObject({
    checked: 2,
    different: 1,
    differences: 1,
    items: [
      {
        aggregateId: SHIP,
        view: 'event-store',
        field: 'aggregate',
        expected: 'comparable',
        actual: expect.stringContaining(`“${SHIP}” is of no type of aggregate`),
        explanation: null,
      },
    ],
  });
});

it('cannot be folded or repaired, and says why', async () => {
  const unknown = { code: 'AGGREGATE_TYPE_UNKNOWN', message: expect.stringContaining(SHIP) };
  await expect(bank.store.load(SHIP)).rejects.toMatchObject(unknown);
  await expect(bank.store.loadAt(SHIP, 1)).rejects.toMatchObject(unknown);
  const asked = { aggregateId: SHIP, view: 'journal' };
  await expect(repairView(toDeps(), asked, { actor: 'olga' })).rejects.toMatchObject(unknown);
});
