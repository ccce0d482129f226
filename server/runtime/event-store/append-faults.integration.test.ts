import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { ANSWER_LOST, type Fault, injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { freshAccount } from '#server/testing/event-store-contract.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import {
  commandRecord,
  deposited,
  opened,
  toStoredHistory,
} from '#server/testing/sample-events.ts';
import { createEventStore } from './create-event-store.ts';

const dynamo = await createTestDynamo();
const faulty = await createTestDynamo();
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const faultyStore = createEventStore(
  { ...faulty, tables: dynamo.tables },
  TEST_REGISTRY.aggregates,
);

/** Faults of the next transactions, in order; then, of all others, `always`. */
let faults: Fault[] = [];
let always: Fault | undefined;
let sent = 0;
injectFaults(faulty, (commandName) => {
  if (commandName !== 'TransactWriteItemsCommand') {
    return undefined;
  }
  sent += 1;
  return faults.shift() ?? always;
});

afterEach(() => {
  faults = [];
  always = undefined;
  sent = 0;
});
afterAll(() => {
  dynamo.close();
  faulty.close();
});

const refuse = (error: Error): Fault => ({ lose: 'request', error });
const cancelled = (...codes: string[]) =>
  sdkError('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('append, when the answer is lost', () => {
  it('finds out that it had come through, and appends once', async () => {
    const accountId = freshAccount();
    const record = commandRecord();
    faults = [ANSWER_LOST, ANSWER_LOST];
    const events = toStoredHistory(accountId, [opened(), deposited(5n)]);
    expect(await faultyStore.append(events, record)).toEqual({ kind: 'appended' });
    expect(sent).toBe(3);
    expect(await store.read(`account#${accountId}`)).toEqual(events);
    expect(await store.getCommand(record.commandId)).toEqual(record);
  });

  it('tells its own events from those of the same command elsewhere', async () => {
    const accountId = freshAccount();
    const record = commandRecord();
    const elsewhere = toStoredHistory(accountId, [opened()]);
    await store.append(elsewhere, record);
    faults = [refuse(sdkError('TimeoutError'))];
    const here = toStoredHistory(accountId, [opened()]);
    expect(await faultyStore.append(here, record)).toEqual({ kind: 'duplicate', record });
    expect(await store.read(`account#${accountId}`)).toEqual(elsewhere);
  });

  it('reports a conflict when it had not come through and another was first', async () => {
    const accountId = freshAccount();
    await store.append(toStoredHistory(accountId, [opened()]), commandRecord());
    faults = [refuse(sdkError('TimeoutError'))];
    const result = faultyStore.append(toStoredHistory(accountId, [opened()]), commandRecord());
    expect(await result).toEqual({ kind: 'conflict', aggregateId: `account#${accountId}` });
  });

  it('says that the outcome is unknown when no attempt is answered', async () => {
    const accountId = freshAccount();
    const record = commandRecord();
    always = refuse(sdkError('TimeoutError'));
    const events = toStoredHistory(accountId, [opened()]);
    await expect(faultyStore.append(events, record)).rejects.toMatchObject({
      code: 'DYNAMODB_UNAVAILABLE',
      message: expect.stringMatching(/may have been carried out.*same command id/),
    });
    expect(await store.read(`account#${accountId}`)).toEqual([]);
  });
});

describe('append without events, when the answer is lost', () => {
  it('finds out that it had come through, by its record', async () => {
    const record = commandRecord();
    faults = [ANSWER_LOST, ANSWER_LOST];
    expect(await faultyStore.append([], record)).toEqual({ kind: 'appended' });
    expect(sent).toBe(3);
    expect(await store.getCommand(record.commandId)).toEqual(record);
  });

  it('tells its own record from that of the same command elsewhere', async () => {
    const record = commandRecord();
    await store.append([], record);
    faults = [refuse(sdkError('TimeoutError'))];
    const here = { ...record, correlationId: 'here' };
    expect(await faultyStore.append([], here)).toEqual({ kind: 'duplicate', record });
  });
});

describe('append with aggregates that were only read, when the answer is lost', () => {
  const read = async () => {
    const accountId = freshAccount();
    await store.append(toStoredHistory(accountId, [opened()]), commandRecord());
    return { aggregateId: `account#${accountId}`, version: 1 };
  };
  const moveOn = ({ aggregateId }: { readonly aggregateId: string }) => {
    const accountId = aggregateId.slice('account#'.length);
    return store.append(toStoredHistory(accountId, [deposited(1n)], 2), commandRecord());
  };

  it.each([
    ['events', [opened()]],
    ['no events', []],
  ])(
    'knows that it had come through with %s, though these have moved on since',
    async (_, list) => {
      const unchanged = await read();
      const events = toStoredHistory(freshAccount(), list);
      const record = commandRecord();
      // The attempt whose answer was lost, and what happened before the next one.
      await store.append(events, record, [unchanged]);
      await moveOn(unchanged);
      faults = [refuse(sdkError('TimeoutError'))];
      expect(await faultyStore.append(events, record, [unchanged])).toEqual({ kind: 'appended' });
    },
  );

  it('reports a conflict when it had not come through and these have moved on', async () => {
    const unchanged = await read();
    await moveOn(unchanged);
    faults = [refuse(sdkError('TimeoutError'))];
    const events = toStoredHistory(freshAccount(), [opened()]);
    expect(await faultyStore.append(events, commandRecord(), [unchanged])).toEqual({
      kind: 'conflict',
      aggregateId: unchanged.aggregateId,
    });
  });

  it('tries again where transactions conflict over one of them, as over a written one', async () => {
    faults = [refuse(cancelled('None', 'TransactionConflict', 'None'))];
    const events = toStoredHistory(freshAccount(), [opened()]);
    expect(await faultyStore.append(events, commandRecord(), [await read()])).toEqual({
      kind: 'appended',
    });
    expect(sent).toBe(2);
  });
});

describe('append, when DynamoDB refuses', () => {
  it.each([
    ['throttling', sdkError('ThrottlingException')],
    ['a throttled transaction', cancelled('None', 'ThrottlingError')],
    ['a conflict of transactions', cancelled('TransactionConflict', 'None')],
    [
      'a fault of the server',
      sdkError('InternalServerError', { $metadata: { httpStatusCode: 500 } }),
    ],
    ['a lost connection', sdkError('Error', { code: 'ECONNRESET' })],
  ])('tries again after %s', async (_, error) => {
    faults = [refuse(error), refuse(error)];
    const events = toStoredHistory(freshAccount(), [opened()]);
    expect(await faultyStore.append(events, commandRecord())).toEqual({ kind: 'appended' });
    expect(sent).toBe(3);
  });

  it.each([
    ['THROTTLED', sdkError('ProvisionedThroughputExceededException')],
    ['THROTTLED', cancelled('ProvisionedThroughputExceeded', 'None')],
    ['CONTENTION', cancelled('TransactionConflict', 'TransactionConflict')],
  ])('gives up with %s after a bounded number of attempts', async (code, error) => {
    always = refuse(error);
    const events = toStoredHistory(freshAccount(), [opened()]);
    await expect(faultyStore.append(events, commandRecord())).rejects.toMatchObject({
      name: 'PlayheadError',
      code,
      message: expect.not.stringMatching(/raw message/),
    });
    expect(sent).toBe(8);
  });

  it('does not repeat what can never succeed', async () => {
    always = refuse(sdkError('ValidationException'));
    const events = toStoredHistory(freshAccount(), [opened()]);
    await expect(faultyStore.append(events, commandRecord())).rejects.toMatchObject({
      name: 'PlayheadError',
      code: 'UNEXPECTED',
    });
    expect(sent).toBe(1);
  });

  it('takes a failed condition for a conflict, whatever happened to the other items', async () => {
    faults = [refuse(cancelled('TransactionConflict', 'ConditionalCheckFailed', 'None'))];
    const [a, b] = [freshAccount(), freshAccount()];
    const events = [...toStoredHistory(a, [opened()]), ...toStoredHistory(b, [opened()])];
    expect(await faultyStore.append(events, commandRecord())).toEqual({
      kind: 'conflict',
      aggregateId: `account#${b}`,
    });
  });
});

it('says DYNAMODB_UNAVAILABLE, not what the SDK says, where nobody listens', async () => {
  const nobody = createDynamo({
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: '',
  });
  const events = toStoredHistory(freshAccount(), [opened()]);
  const deaf = createEventStore(nobody, TEST_REGISTRY.aggregates);
  const unavailable = {
    name: 'PlayheadError',
    code: 'DYNAMODB_UNAVAILABLE',
    message: expect.stringMatching(/does not answer/),
  };
  await expect(deaf.append(events, commandRecord())).rejects.toMatchObject(unavailable);
  await expect(deaf.load('account#A-1')).rejects.toMatchObject(unavailable);
  await expect(deaf.scan()[Symbol.asyncIterator]().next()).rejects.toMatchObject(unavailable);
  nobody.close();
});

it('says NOT_CONFIGURED where the tables are missing', async () => {
  const elsewhere = createEventStore(
    { ...dynamo, tables: { ...dynamo.tables, events: 'no-such-table' } },
    TEST_REGISTRY.aggregates,
  );
  await expect(elsewhere.load('account#A-1')).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/TABLE_PREFIX/),
  });
});
