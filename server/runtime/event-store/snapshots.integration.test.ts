import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { stateOf } from '#server/runtime/commands/state-of.ts';
import { injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { appendHistory, freshAccount, openedWith } from '#server/testing/event-store-contract.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createEventStore } from './create-event-store.ts';
import type { LoadedState } from './fold-events.ts';
import { toSnapshotItem, toSnapshotKey } from './snapshot-codec.ts';

const dynamo = await createTestDynamo();
afterAll(() => dynamo.close());

const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const { snapshots } = dynamo.tables;

async function snapshotSequences(aggregateId: string): Promise<unknown[]> {
  const { Items = [] } = await dynamo.documents.send(
    new QueryCommand({
      TableName: snapshots,
      KeyConditionExpression: 'snapshotKey = :key',
      ExpressionAttributeValues: { ':key': toSnapshotKey(accountAggregate, aggregateId) },
    }),
  );
  return Items.map(({ eventSequence }) => eventSequence);
}

const put = (item: Record<string, unknown>) =>
  dynamo.documents.send(new PutCommand({ TableName: snapshots, Item: item }));

/** A state that no events lead to, so that a test sees whether a snapshot was used. */
function forged(aggregateId: string, loaded: LoadedState): LoadedState {
  const state = stateOf(accountAggregate, aggregateId, loaded);
  return {
    ...loaded,
    state: state.status === 'unopened' ? state : { ...state, balance: 1_000_000n },
  };
}

describe('snapshots', () => {
  it('are left by a fold that passes them, and fetched by the next', async () => {
    const accountId = freshAccount();
    const aggregateId = `account#${accountId}`;
    await appendHistory(store, accountId, openedWith(349));
    expect(await store.load(aggregateId)).toMatchObject({ version: 350 });
    expect(await snapshotSequences(aggregateId)).toEqual([100, 200, 300]);

    await put(
      toSnapshotItem(
        accountAggregate,
        aggregateId,
        forged(aggregateId, await store.loadAt(aggregateId, 200)),
      ),
    );
    const balanceAt = async (sequence: number) => (await store.loadAt(aggregateId, sequence)).state;
    expect(await balanceAt(199)).toMatchObject({ balance: 198n });
    expect(await balanceAt(200)).toMatchObject({ balance: 1_000_000n });
    expect(await balanceAt(250)).toMatchObject({ balance: 1_000_050n });
    expect(await balanceAt(300)).toMatchObject({ balance: 299n });
  });

  it('are used by load: what is before the newest one is not read again', async () => {
    const accountId = freshAccount();
    const aggregateId = `account#${accountId}`;
    await appendHistory(store, accountId, openedWith(249));
    const real = await store.load(aggregateId);
    await put(
      toSnapshotItem(
        accountAggregate,
        aggregateId,
        forged(aggregateId, await store.loadAt(aggregateId, 200)),
      ),
    );
    expect(await store.load(aggregateId)).toMatchObject({ state: { balance: 1_000_050n } });
    expect(real).toMatchObject({ state: { balance: 249n } });
  });

  it('of another version are never found', async () => {
    const accountId = freshAccount();
    const aggregateId = `account#${accountId}`;
    await appendHistory(store, accountId, openedWith(249));
    const item = toSnapshotItem(
      accountAggregate,
      aggregateId,
      forged(aggregateId, await store.loadAt(aggregateId, 200)),
    );
    await dynamo.documents.send(
      new DeleteCommand({
        TableName: snapshots,
        Key: { snapshotKey: item.snapshotKey, eventSequence: 200 },
      }),
    );
    await put({ ...item, snapshotKey: `0#${aggregateId}` });
    expect(await store.load(aggregateId)).toMatchObject({ state: { balance: 249n } });
  });

  it('that are unreadable are ignored, and written anew', async () => {
    const accountId = freshAccount();
    const aggregateId = `account#${accountId}`;
    await appendHistory(store, accountId, openedWith(249));
    const loaded = await store.load(aggregateId);
    const item = toSnapshotItem(
      accountAggregate,
      aggregateId,
      await store.loadAt(aggregateId, 200),
    );
    await put({ ...item, state: { ...item.state, balance: 'much' } });
    expect(await store.load(aggregateId)).toEqual(loaded);
    await put(
      toSnapshotItem(
        accountAggregate,
        aggregateId,
        forged(aggregateId, await store.loadAt(aggregateId, 100)),
      ),
    );
    expect(await store.loadAt(aggregateId, 210)).toMatchObject({ state: { balance: 209n } });
  });

  it('that cannot be written are no failure of the load', async () => {
    const faulty = await createTestDynamo();
    injectFaults(faulty, (name) =>
      name === 'BatchWriteItemCommand'
        ? { lose: 'request', error: sdkError('ValidationException') }
        : undefined,
    );
    const failures: unknown[] = [];
    const faultyStore = createEventStore(faulty, TEST_REGISTRY.aggregates, {
      onSnapshotError: (error) => failures.push(error),
    });
    const accountId = freshAccount();
    await appendHistory(faultyStore, accountId, openedWith(149));
    expect(await faultyStore.load(`account#${accountId}`)).toMatchObject({ version: 150 });
    expect(failures).toMatchObject([{ code: 'UNEXPECTED' }]);
    faulty.close();
  });
});
