import { expect, test } from 'vitest';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { createStateCache } from './state-cache.ts';

const MIB = 1024 * 1024;

/** A cache over aggregates whose one text is of `bytes`; and which of them were folded from the start. */
function givenStates(bytes: number) {
  const folded: string[] = [];
  const load = async (aggregateId: string, known?: LoadedState): Promise<LoadedState> => {
    if (known === undefined) {
      folded.push(aggregateId);
    }
    return { state: { text: 'x'.repeat(bytes / 2) }, version: 1 };
  };
  const cache = createStateCache({ load, saveSnapshots: async () => undefined }, () => undefined);
  const loadAll = async (ids: readonly number[]) => {
    for (const id of ids) {
      await cache.load(`template#${id}`);
    }
    return folded.splice(0).length;
  };
  return loadAll;
}

const IDS = Array.from({ length: 100 }, (_, id) => id);

test('small states are all remembered', async () => {
  const loadAll = givenStates(1_000);
  expect(await loadAll(IDS)).toBe(100);
  expect(await loadAll(IDS)).toBe(0);
});

test('large states leave it when it is full, the oldest first', async () => {
  const loadAll = givenStates(4 * MIB);
  await loadAll(IDS);
  expect(await loadAll(IDS.slice(-15))).toBe(0);
  expect(await loadAll([0])).toBe(1);
});

test('a state that would fill it is not remembered', async () => {
  const loadAll = givenStates(65 * MIB);
  expect(await loadAll([1, 1])).toBe(2);
});
