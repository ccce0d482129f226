import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { CONTRACT_SAMPLES } from '#server/testing/contract-samples.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { describeConditions } from '#server/testing/event-store-conditions.ts';
import { describeEventStore, freshAccount } from '#server/testing/event-store-contract.ts';
import { FULL_REGISTRY, TEST_REGISTRY } from '#server/testing/registry.ts';
import { commandRecord, minute, opened, toStoredHistory } from '#server/testing/sample-events.ts';
import { createEventStore } from './create-event-store.ts';

const dynamo = await createTestDynamo();
afterAll(() => dynamo.close());

describe.each(CONTRACT_SAMPLES)('of $name', (sample) => {
  const store = createEventStore(dynamo, FULL_REGISTRY.aggregates);
  describeEventStore(store, sample);
  describeConditions(store, sample);
});

describe('on DynamoDB', () => {
  it('marks the record of a command with the end of its retention, in epoch seconds', async () => {
    const store = createEventStore(dynamo, TEST_REGISTRY.aggregates, { commandRetentionDays: 2 });
    const record = commandRecord({ acceptedAt: minute(0) });
    await store.append(toStoredHistory(freshAccount(), [opened()]), record);
    const { Item } = await dynamo.documents.send(
      new GetCommand({
        TableName: dynamo.tables.commands,
        Key: { commandId: record.commandId },
      }),
    );
    // Its event happened a minute later than the record says.
    expect(Item?.expiresAt).toBe(Date.UTC(2026, 0, 3, 0, 1) / 1_000);
  });

  it('stores amounts as texts within native maps', async () => {
    const accountId = freshAccount();
    const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
    await store.append(
      toStoredHistory(accountId, [opened({ overdraftLimit: 10n ** 17n })]),
      commandRecord(),
    );
    expect(await store.getRawItem(`account#${accountId}`, 1)).toMatchObject({
      eventSequence: 1,
      eventData: { owner: 'Ada', overdraftLimit: (10n ** 17n).toString() },
      metadata: { actor: 'tester' },
    });
  });
});
