import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CONTRACT_SAMPLES } from '#server/testing/contract-samples.ts';
import { ANSWER_LOST, type Fault, injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { describeConditions } from '#server/testing/event-store-conditions.ts';
import { describeEventStore, freshAccount } from '#server/testing/event-store-contract.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import {
  commandRecord,
  deposited,
  opened,
  toStoredHistory,
} from '#server/testing/sample-events.ts';
import { createEventStore } from './create-event-store.ts';

const dynamo = await createTestDynamo();
const store = createEventStore(dynamo, FULL_REGISTRY.aggregates, { appendsTogether: true });

/** Faults of the next transactions, in order. */
let faults: (Fault | undefined)[] = [];
let sent = 0;
injectFaults(dynamo, (commandName) => {
  if (commandName !== 'TransactWriteItemsCommand') {
    return undefined;
  }
  sent += 1;
  return faults.shift();
});
afterEach(() => {
  faults = [];
  sent = 0;
});
afterAll(() => dynamo.close());

describe.each(CONTRACT_SAMPLES)('of $name', (sample) => {
  describeEventStore(store, sample);
  describeConditions(store, sample);
});

const openings = (count: number) =>
  Array.from({ length: count }, () => {
    const accountId = freshAccount();
    return {
      aggregateId: `account#${accountId}`,
      events: toStoredHistory(accountId, [opened()]),
      record: commandRecord(),
    };
  });
type Opening = ReturnType<typeof openings>[number];
const appendAll = (all: readonly Opening[]) =>
  Promise.all(all.map(({ events, record }) => store.append(events, record)));
const expectStored = async (all: readonly Opening[]) => {
  for (const { aggregateId, events, record } of all) {
    expect(await store.read(aggregateId)).toEqual(events);
    expect(await store.getCommand(record.commandId)).toEqual(record);
  }
};
const appended = (count: number) => Array.from({ length: count }, () => ({ kind: 'appended' }));

describe('appends at the same time', () => {
  it('share transactions, as many as AWS takes items in one', async () => {
    const all = openings(120);
    expect(await appendAll(all)).toEqual(appended(120));
    expect(sent).toBe(3);
    await expectStored(all);
  });

  it('share none where they are of one aggregate or one command', async () => {
    const [first] = openings(1);
    const accountId = first?.aggregateId.slice('account#'.length) ?? '';
    const record = commandRecord();
    const [opening, ...ofOneCommand] = await Promise.all([
      store.append(first?.events ?? [], first?.record ?? record),
      store.append(toStoredHistory(accountId, [deposited(1n)], 2), record),
      store.append(toStoredHistory(freshAccount(), [opened()]), record),
    ]);
    expect(opening).toEqual({ kind: 'appended' });
    // The second waits for the first, which lets the third go ahead or not.
    expect(ofOneCommand).toHaveLength(2);
    expect(ofOneCommand).toEqual(
      expect.arrayContaining([...appended(1), { kind: 'duplicate', record }]),
    );
  });

  it('are not held up by one that is in conflict, and one that is known', async () => {
    const [taken, known, ...others] = openings(10);
    if (taken === undefined || known === undefined) {
      throw new Error('There are ten.');
    }
    await appendAll([taken, known]);
    const late = { ...taken, record: commandRecord() };
    const again = { ...known, events: toStoredHistory(freshAccount(), [opened()]) };
    expect(await appendAll([late, again, ...others])).toEqual([
      { kind: 'conflict', aggregateId: taken.aggregateId },
      { kind: 'duplicate', record: known.record },
      ...appended(8),
    ]);
    await expectStored([taken, known, ...others]);
  });

  it.each<[string, Fault]>([
    ['its answer is lost', ANSWER_LOST],
    ['it never came through', { lose: 'request', error: sdkError('TimeoutError') }],
    ['it is refused', { lose: 'request', error: sdkError('ValidationException') }],
    ['it is throttled', { lose: 'request', error: sdkError('ThrottlingException') }],
  ])('are each appended once where %s', async (_, fault) => {
    faults = [fault];
    const all = openings(20);
    expect(await appendAll(all)).toEqual(appended(20));
    expect(sent).toBe(21);
    await expectStored(all);
  });

  it('know their own events where the answers of the second attempts are lost as well', async () => {
    faults = Array.from({ length: 8 }, () => ANSWER_LOST);
    const all = openings(5);
    expect(await appendAll(all)).toEqual(appended(5));
    await expectStored(all);
  });
});
