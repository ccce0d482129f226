import { getHotDeadLetters, skippedOf } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { DeadLetterKey } from '#server/runtime/dead-letters/retry-outcome.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { getHotItems } from './get-hot-item.ts';
import type { HotFailure } from './hot-failure.ts';
import type { HotView } from './hot-view.ts';
import { createHotViewWriter } from './hot-view-writer.ts';
import { type HistoryStore, readHistory } from './read-history.ts';
import { sequenceOf } from './stored-hot-item.ts';

/** How many events were applied, and the one at which it stopped. */
export type Caught = { readonly applied: number; readonly failure: HotFailure | undefined };

/**
 * Brings an aggregate's item of a hot view up to the end of its history in the event store, without
 * what was skipped. Throws what the databases throw.
 */
export async function catchUpHotItem(
  dynamo: Dynamo,
  store: HistoryStore,
  view: HotView,
  { aggregateId, eventSequence }: DeadLetterKey,
): Promise<Caught> {
  const [reads, letters] = await Promise.all([
    getHotItems(dynamo, view, [aggregateId]),
    getHotDeadLetters(dynamo, view.name, [aggregateId]),
  ]);
  const read = reads.get(aggregateId);
  // What is not of this version is folded anew by the writer: one event is enough for that.
  const isOn = read === undefined || read.kind === 'current';
  const from = isOn ? sequenceOf(read) + 1 : eventSequence;
  const write = createHotViewWriter(dynamo, store, view);
  const skipped = skippedOf(letters.get(aggregateId));
  let applied = 0;
  for await (const entries of readHistory(store, aggregateId, { from }, skipped)) {
    const failures = await write(new Map([[aggregateId, entries]]));
    const [failure] = failures.toSorted((a, b) => a.entry.eventSequence - b.entry.eventSequence);
    if (failure !== undefined) {
      const before = entries.filter((entry) => entry.eventSequence < failure.entry.eventSequence);
      return { applied: applied + before.length, failure };
    }
    applied += entries.length;
  }
  return { applied, failure: undefined };
}
