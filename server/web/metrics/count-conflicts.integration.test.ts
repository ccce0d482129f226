import { afterAll, describe, expect, it, vi } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { CONTRACT_SAMPLES, freshId, toStoredSample } from '#server/testing/contract-samples.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { describeConditions } from '#server/testing/event-store-conditions.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { commandRecord } from '#server/testing/sample-events.ts';
import { countConflicts } from './count-conflicts.ts';

const dynamo = await createTestDynamo();
const onConflict = vi.fn();
const store = countConflicts(createEventStore(dynamo, FULL_REGISTRY.aggregates), onConflict);
afterAll(() => dynamo.close());

describe.each(CONTRACT_SAMPLES.slice(0, 1))('of $name, a store that counts conflicts', (sample) => {
  describeConditions(store, sample);

  it('counts those in which others were first, and nothing else', async () => {
    onConflict.mockClear();
    const events = toStoredSample(sample, freshId(sample), { last: 1 });
    await store.append(events, commandRecord());
    expect(onConflict).not.toHaveBeenCalled();
    await store.append(events, commandRecord());
    expect(onConflict).toHaveBeenCalledOnce();
  });
});
