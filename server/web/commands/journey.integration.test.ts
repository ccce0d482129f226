import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { journeySchema } from '#lib/contracts/command-history.ts';
import { visibilitySchema } from '#lib/contracts/queries.ts';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { findEventless } from '#server/runtime/commands/eventless/find-eventless.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { createMoveTimes, type MoveTimes } from '../live/move-times.ts';
import { createCommandTimes, withCommandTimes } from './command-times.ts';
import { getJourney } from './journey.ts';
import { getVisibility } from './visibility.ts';

let bank: TestBank;
let moveTimes: MoveTimes;
const commandTimes = createCommandTimes();

beforeAll(async () => {
  bank = await createTestBank();
  moveTimes = createMoveTimes({ notifications: bank.notifications, readPositions: async () => [] });
  for (const number of ['A', 'B']) {
    await bank.run(openAccount, { number, owner: number, currency: 'EUR' });
    await bank.settle();
  }
});

afterAll(async () => {
  moveTimes.stop();
  await bank.close();
});

const deps = () => ({
  ...bank,
  db: bank.postgres.db,
  registry: FULL_REGISTRY,
  moveTimes,
  commandTimes,
  commandRetentionDays: 90,
  now: () => new Date(),
});
const ask = async (id: string, correlation?: string, changes: object = {}) =>
  journeySchema.parse(await getJourney({ ...deps(), ...changes }, id, { correlation }));

async function runHere(command: typeof deposit | typeof transfer, input: object) {
  const handler = withCommandTimes(bank.handler, commandTimes);
  const commandId = randomUUID();
  await runCommand({ actor: 'tester', commandId, handler }, command as typeof deposit, input);
  return commandId;
}

it('tells when a command was accepted, stored, journalled, and shown in each view', async () => {
  const money = { amount: '5', currency: 'EUR' };
  const id = await runHere(deposit, { accountId: 'A', ...money });
  const before = await ask(id);
  expect(before.steps.map(({ name, state }) => [name, state])).toEqual([
    ['accepted', 'done'],
    ['stored', 'done'],
    ['journal', 'waiting'],
    ...['accounts', 'transactions', 'daily-balances', 'account-summaries'].map((name) => [
      name,
      'waiting',
    ]),
    ['account-balances', 'waiting'],
    ['recent-transactions', 'waiting'],
  ]);

  await bank.settle();
  const { steps, command } = await ask(id);
  expect(command).toMatchObject({
    commandType: 'Deposit',
    events: [{ eventType: 'MoneyDeposited' }],
  });
  expect(steps.every(({ state }) => state === 'done')).toBe(true);
  const timed = steps.slice(0, 7).map(({ ms }) => ms ?? Number.NaN);
  expect(timed.every((ms) => ms >= 0)).toBe(true);
  expect(timed.slice(0, 3)).toEqual(timed.slice(0, 3).toSorted((a, b) => a - b));
  // Of hot views nobody records when.
  expect(steps.slice(7).map(({ ms }) => ms)).toEqual([null, null]);
});

it('tells how long the newest commands took to be seen everywhere', async () => {
  const { measured } = visibilitySchema.parse(await getVisibility(deps()));
  expect(measured?.commands).toBe(1);
  expect(measured?.p95).toBe(measured?.p50);
  const fresh = { ...deps(), commandTimes: createCommandTimes() };
  expect(await getVisibility(fresh)).toEqual({ measured: null });
});

it('is that of all its events where a command wrote to several aggregates', async () => {
  const between = { fromAccountId: 'A', toAccountId: 'B', amount: '1', currency: 'EUR' };
  const id = await runHere(transfer, between);
  await bank.settle();
  const { command, steps } = await ask(id);
  expect(command.events).toHaveLength(2);
  expect(steps.every(({ state }) => state === 'done')).toBe(true);
});

it('says where an aggregate waits, and does not count that as shown', async () => {
  await bank.postgres.db.execute(sql`
    INSERT INTO playhead.dead_letters (projection, aggregate_id, event_sequence, category, error,
      error_group, attempts, first_failed_at, last_failed_at, status)
    VALUES ('accounts', 'account#B', 1, 'handler', 'no', 'no', 1, now(), now(), 'dead')`);
  const id = await runHere(deposit, { accountId: 'B', amount: '5', currency: 'EUR' });
  await bank.ingest();
  const { steps } = await ask(id);
  expect(steps.find(({ name }) => name === 'accounts')).toMatchObject({
    state: 'blocked',
    ms: null,
    note: expect.stringMatching(/account#B waits at its event 1/),
  });
  await bank.postgres.db.execute(sql`DELETE FROM playhead.dead_letters`);
  await bank.settle();
});

it('tells what it knows of a command whose record has expired', async () => {
  const id = await runHere(deposit, { accountId: 'A', amount: '5', currency: 'EUR' });
  await bank.settle();
  const { command } = await ask(id);
  const store = { ...bank.store, getCommand: async () => undefined };
  const times = createCommandTimes();
  const late = await ask(id, command.correlationId ?? '', { store, commandTimes: times });
  expect(late).toMatchObject({
    startedAt: null,
    command: { events: [{ aggregateId: 'account#A' }] },
  });
  expect(late.steps.every(({ ms }) => ms === null)).toBe(true);
  await expect(ask(id, undefined, { store })).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
});

it('shows a command that was refused with its rule, and no way', async () => {
  await expect(bank.run(closeAccount, { accountId: 'A' })).rejects.toThrow();
  await bank.eventless.flush();
  const now = new Date();
  const filter = { outcome: undefined, types: [], actors: [], aggregateId: undefined };
  const range = { before: undefined, since: new Date(0), now, limit: 1 };
  const [kept] = (
    await findEventless(bank.dynamo, filter, {
      ...range,
      since: new Date(now.getTime() - 86_400_000),
    })
  ).items;
  expect(await ask(kept?.place ?? '')).toMatchObject({
    command: { commandType: 'CloseAccount', rule: { code: 'BALANCE_NOT_ZERO' } },
    steps: [],
  });
});

it('tells of one database where the other does not answer', async () => {
  const id = await runHere(deposit, { accountId: 'A', amount: '5', currency: 'EUR' });
  await bank.settle();
  const { command } = await ask(id);
  const gone = () => Promise.reject(new Error('gone'));
  const isGone = () => {
    throw new Error('gone');
  };
  const db = { transaction: gone, select: isGone, execute: gone };
  const withoutJournal = await ask(id, undefined, { db });
  expect(withoutJournal.problems).toEqual([expect.stringMatching(/PostgreSQL/)]);
  expect(withoutJournal.steps.find(({ name }) => name === 'accounts')).toMatchObject({
    state: 'unknown',
  });
  const dynamo = createDynamo({
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
    AWS_REGION: 'x',
    TABLE_PREFIX: 'x',
  });
  const store = { ...bank.store, getCommand: gone };
  const withoutStore = await ask(id, command.correlationId ?? '', { store, dynamo });
  expect(withoutStore.problems).toEqual([expect.stringMatching(/DynamoDB/)]);
  expect(withoutStore.steps.find(({ name }) => name === 'account-balances')).toMatchObject({
    state: 'unknown',
  });
  dynamo.close();
});
