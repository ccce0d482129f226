import { recordHotAction } from '#server/runtime/dead-letters/hot-actions.ts';
import { getHotDeadLetters } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { retryHot } from '#server/runtime/dead-letters/retry-hot.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { type HotRebuildDeps, rebuildHotItem } from '#server/runtime/rebuild/rebuild-hot-item.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import type { ViewRepair } from './view-repair.ts';

/**
 * Folds an aggregate's item of a hot view anew from the event store, and puts it in the place of what
 * is there, unless the consumer has written meanwhile: then again. A dead letter of the aggregate in
 * that view is tried again. Throws CONTENTION, and what the databases throw.
 */
export async function repairHotItem(
  deps: HotRebuildDeps,
  view: HotView,
  aggregateId: string,
  operator: Operator,
): Promise<ViewRepair> {
  const { name } = view;
  const rebuilt = await rebuildHotItem(deps, view, aggregateId);
  const dead = (await getHotDeadLetters(deps.dynamo, name, [aggregateId])).get(aggregateId)?.dead;
  let waitsAt: ViewRepair['waitsAt'] = null;
  if (dead !== undefined) {
    const key = { projection: name, aggregateId, eventSequence: dead.eventSequence };
    const outcome = await retryHot(deps, view, key, operator);
    waitsAt = outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
  } else if (rebuilt.kind === 'failed') {
    const { eventSequence, error } = rebuilt;
    waitsAt = { eventSequence, error: toErrorSentence(error) };
  }
  await recordHotAction(deps.dynamo, operator, 'repair', name, {
    aggregateId,
    outcome: rebuilt.kind,
    waitsAt,
  });
  return { view: name, waitsAt };
}
