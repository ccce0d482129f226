import { parseAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { retryJournal } from '#server/runtime/dead-letters/retry-journal.ts';
import { findDead } from '#server/runtime/dead-letters/retry-projected.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { repairJournal } from '#server/runtime/journal/repair-journal.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { repairHotItem } from './repair-hot-item.ts';
import { repairProjected } from './repair-projected.ts';
import type { ViewRepair } from './view-repair.ts';

/** Every view of an aggregate that can be repaired, by name, the journal before what is made out of it. */
export function toRepairable({ views, hotViews }: RegisteredViews, aggregateId: string): string[] {
  const { type } = parseAggregateId(aggregateId);
  const own = [...views, ...hotViews].filter(({ aggregate }) => aggregate.type === type);
  return [JOURNAL, ...own.map(({ name }) => name)];
}

/**
 * What a repair of a view goes over: what is made out of the journal is no better than the journal,
 * which is repaired first.
 */
export function toRepairSteps({ views }: RegisteredViews, view: string): readonly string[] {
  return views.some(({ name }) => name === view) ? [JOURNAL, view] : [view];
}

/**
 * Re-projects one aggregate in one view: what the view holds of it goes, and its events are applied
 * anew, those of PostgreSQL's views out of the journal, those of the hot views out of the event
 * store; the journal's rows are made what the event store says, in their places. Commands and everything
 * that follows them go on meanwhile. An aggregate that the events do not know is gone from the view
 * afterwards. Recorded with who and why. Throws INVALID_INPUT for a view that is none,
 * AGGREGATE_TYPE_UNKNOWN, PROJECTION_OUTDATED, CONTENTION, SEQUENCE_GAP and EVENT_CONFLICT
 * (`repairJournal`) and what the databases throw.
 */
export async function repairView(
  deps: IntegrityDeps,
  { aggregateId, view }: { readonly aggregateId: string; readonly view: string },
  operator: Operator,
): Promise<ViewRepair> {
  const { type } = requireAggregate(deps.store.aggregates, aggregateId);
  if (view === JOURNAL) {
    const done = await repairJournal(deps, aggregateId);
    await recordOperatorAction(deps.db, operator, 'repair', JOURNAL, { aggregateId, ...done });
    return { view, waitsAt: await retryWaiting(deps, aggregateId, operator) };
  }
  const isMeant = (each: {
    readonly name: string;
    readonly aggregate: { readonly type: string };
  }) => each.name === view && each.aggregate.type === type;
  const { views, hotViews } = deps.registered;
  const hot = hotViews.find(isMeant);
  if (hot !== undefined) {
    return repairHotItem(deps, hot, aggregateId, operator);
  }
  const projection = views.find(isMeant);
  if (projection === undefined) {
    const names = toRepairable(deps.registered, aggregateId).join(', ');
    const sentence = `There is no view “${view}” of ${aggregateId}. There are: ${names}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'view' });
  }
  return repairProjected(deps.db, projection, aggregateId, operator);
}

/** What ingest waits at is tried again: a conflict is over once the journal is repaired. */
async function retryWaiting(
  { db, store }: IntegrityDeps,
  aggregateId: string,
  operator: Operator,
): Promise<ViewRepair['waitsAt']> {
  const [key] = await findDead(db, JOURNAL, { aggregateId });
  if (key === undefined) {
    return null;
  }
  const outcome = await retryJournal({ db, store }, key, operator);
  return outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
}
