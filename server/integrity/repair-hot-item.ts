import { toAggregateId } from '#server/domain/recorded-event.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import { recordHotAction } from '#server/projections/dead-letters/hot-actions.ts';
import { getHotLetters } from '#server/projections/dead-letters/hot-letters.ts';
import { retryHot } from '#server/projections/dead-letters/retry-hot.ts';
import type { HotItem, HotView } from '#server/projections/hot-view.ts';
import {
  type HotRebuildDeps,
  rebuildHotItem,
} from '#server/projections/rebuild/rebuild-hot-item.ts';
import type { Operator } from '#server/projections/record-operator-action.ts';
import type { ViewRepair } from './view-repair.ts';

/**
 * Folds an account's item of a hot view anew from the event store, and puts it in the place of what
 * is there, unless the consumer has written meanwhile: then again. A dead letter of the account in
 * that view is tried again. Throws CONTENTION, and what the databases throw.
 */
export async function repairHotItem<Item extends HotItem>(
  deps: HotRebuildDeps,
  view: HotView<Item>,
  accountId: string,
  operator: Operator,
): Promise<ViewRepair> {
  const { name } = view;
  const aggregateId = toAggregateId(accountId);
  const rebuilt = await rebuildHotItem(deps, view, accountId);
  const dead = (await getHotLetters(deps.dynamo, name, [aggregateId])).get(aggregateId)?.dead;
  let waitsAt: ViewRepair['waitsAt'] = null;
  if (dead !== undefined) {
    const key = { projection: name, aggregateId, eventSequence: dead.eventSequence };
    const outcome = await retryHot(deps, key, operator);
    waitsAt = outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
  } else if (rebuilt.kind === 'failed') {
    const { eventSequence, error } = rebuilt;
    waitsAt = { eventSequence, error: toErrorSentence(error) };
  }
  await recordHotAction(deps.dynamo, operator, 'repair', name, {
    accountId,
    outcome: rebuilt.kind,
    waitsAt,
  });
  return { view: name, waitsAt };
}
