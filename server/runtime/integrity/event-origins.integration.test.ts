import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemo } from '#server/local/open-demo.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { reconcile } from './reconcile.ts';

let bank: TestBank;
let deps: IntegrityDeps;
const now = { settleMs: 0 };

beforeAll(async () => {
  bank = await createTestBank();
  deps = { ...bank, db: bank.postgres.db };
  for (const number of ['A', 'B']) {
    await bank.run(openAccount, { number, owner: number, currency: 'EUR', overdraftLimit: '50' });
    await bank.run(deposit, { accountId: number, amount: '100', currency: 'EUR' });
  }
  const pay = { fromAccountId: 'A', toAccountId: 'B', amount: '12.34', currency: 'EUR' };
  await bank.run(transfer, { ...pay, description: 'Rent' });
  await bank.settle();
});
afterAll(() => bank.close());

const put = (Item: Record<string, unknown>) =>
  bank.dynamo.documents.send(new PutCommand({ TableName: bank.dynamo.tables.events, Item }));
const remove = (aggregateId: string, eventSequence: number) =>
  bank.dynamo.documents.send(
    new DeleteCommand({
      TableName: bank.dynamo.tables.events,
      Key: { aggregateId, eventSequence },
    }),
  );
const originsIn = ({ items }: Awaited<ReturnType<typeof reconcile>>) =>
  items.filter(({ field }) => field.endsWith('/command'));

/** A deposit as somebody with access to the table could put it behind A's events. */
async function forge(changes: Record<string, unknown> = {}) {
  const events = await bank.store.read(toAccountAggregateId('A'));
  const last = events.at(-1);
  return {
    ...last,
    eventSequence: events.length + 1,
    eventId: 'forged',
    eventType: 'MoneyDeposited',
    eventData: { amount: '100000', currency: 'EUR', description: 'A gift' },
    timestamp: new Date().toISOString(),
    ...changes,
  };
}

it('finds nothing in what commands brought', async () => {
  expect(await reconcile(deps, now)).toMatchObject({ checked: 2, items: [], unknownOrigins: 0 });
});

it.each([
  [
    'an id of its own',
    () => ({ metadata: { actor: 'x', commandId: 'none', commandType: 'Deposit' } }),
  ],
  ['the id of another command', () => ({})],
  [
    'a time of long ago',
    () => ({
      timestamp: '2001-01-01T00:00:00.000Z',
      metadata: { actor: 'x', commandId: 'none', commandType: 'Deposit' },
    }),
  ],
])('names a forged event with %s', async (_what, toChanges) => {
  const forged = await forge(toChanges());
  await put(forged);
  try {
    const found = await reconcile(deps, now);
    expect(found.different).toBe(1);
    expect(originsIn(found)).toEqual([
      {
        aggregateId: 'account#A',
        view: 'event-store',
        field: `${forged.eventSequence}/command`,
        expected: 'its command’s record',
        actual: expect.stringContaining(String(forged.metadata?.commandId)),
        explanation: null,
      },
    ]);
  } finally {
    await remove('account#A', forged.eventSequence);
  }
});

it('says unknown where the record may have expired, and a difference where it cannot have', async () => {
  const { documents, tables } = bank.dynamo;
  const events = await bank.store.read(toAccountAggregateId('B'));
  const commandIds = events.map(({ metadata }) => metadata.commandId);
  const records = await Promise.all(
    commandIds.map(async (commandId) => {
      const Key = { commandId };
      return (await documents.send(new GetCommand({ TableName: tables.commands, Key }))).Item ?? {};
    }),
  );
  const old = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const age = async (days: number) => {
    for (const event of events) {
      await put({ ...event, timestamp: old(days) });
    }
  };
  const putRecord = (Item: Record<string, unknown>) =>
    documents.send(new PutCommand({ TableName: tables.commands, Item }));
  try {
    const [first, second] = commandIds;
    await documents.send(
      new DeleteCommand({ TableName: tables.commands, Key: { commandId: first } }),
    );
    await age(100);
    expect(await reconcile(deps, now)).toMatchObject({ unknownOrigins: 1 });
    // The record before it lives on, so its own cannot have expired.
    await putRecord(records[0] ?? {});
    await documents.send(
      new DeleteCommand({ TableName: tables.commands, Key: { commandId: second } }),
    );
    const found = await reconcile(deps, now);
    expect(found).toMatchObject({ unknownOrigins: 0 });
    expect(originsIn(found)).toMatchObject([{ aggregateId: 'account#B', field: '2/command' }]);
    // With a shorter life it may have.
    const shorter = { ...records[0], acceptedAt: old(8) };
    await putRecord(shorter);
    const patient = await reconcile({ ...deps, commandRetentionDays: 7 }, now);
    expect(patient).toMatchObject({ unknownOrigins: 1 });
  } finally {
    for (const [index, event] of events.entries()) {
      await put(event);
      await putRecord(records[index] ?? {});
    }
  }
});

it('finds nothing in the demo bank', async () => {
  const demo = await createTestBank();
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'playhead-demo-'));
    await openDemo(demo.store, TEST_REGISTRY, dataDir, () => {});
    const found = await reconcile({ ...demo, db: demo.postgres.db }, now);
    expect(found.checked).toBeGreaterThan(10);
    expect(found.items.filter(({ view }) => view === 'event-store')).toEqual([]);
    expect(found.unknownOrigins).toBe(0);
  } finally {
    await demo.close();
  }
});
