import { aggregateOf } from '#server/runtime/event-store/aggregate.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { foldEvent, type LoadedState } from '#server/runtime/event-store/fold-events.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';
import type { PublishedEntities } from './published-entity.ts';
import { toEntityRow } from './to-entity-row.ts';

type JournalRow = typeof journal.$inferSelect;

/** Of so many aggregates the newest state is kept: the next event is mostly of one of them. */
const MOST_KEPT = 500;

/**
 * What an event made of an entity, as its row is sent (`toEntityRow`); undefined where it changed nothing. Throws what
 * the event store throws, EVENT_UNREADABLE among it.
 */
export type ToEntityRow = (row: JournalRow) => Promise<JournalRow | undefined>;

/** Folds the state before an event and after it from the event store, whatever the views hold meanwhile. */
export function createEntityRows(
  store: Pick<EventStore, 'loadAt' | 'decode'>,
  entities: PublishedEntities,
): ToEntityRow {
  const kept = new Map<string, LoadedState>();

  return async (row) => {
    const { aggregateId, eventSequence } = row;
    const entity = aggregateOf(entities, aggregateId);
    if (entity === undefined) {
      return undefined;
    }
    const known = kept.get(aggregateId);
    const before =
      known?.version === eventSequence - 1
        ? known
        : await store.loadAt(aggregateId, eventSequence - 1);
    const event = store.decode({ ...row, timestamp: row.timestamp.toISOString() });
    const after = foldEvent(entity.aggregate, before, event);
    kept.delete(aggregateId);
    kept.set(aggregateId, after);
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
    kept.delete(oldest ?? '');
    return toEntityRow(entity, row, before, after);
  };
}
