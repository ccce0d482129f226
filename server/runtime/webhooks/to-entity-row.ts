import { isDeepStrictEqual } from 'node:util';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';
import type { EntityContent, PublishedEntity } from './published-entity.ts';

type JournalRow = typeof journal.$inferSelect;

const NOTHING: EntityContent = { values: {}, errors: {} };

/**
 * What an event made of an entity, in the form of the event's row, so that it is sent as the event would be: in its
 * place, by an id that is the same whenever it is sent. Undefined where the event changed nothing of the entity. Pure.
 */
export function toEntityRow(
  entity: PublishedEntity,
  row: JournalRow,
  before: LoadedState,
  after: LoadedState,
): JournalRow | undefined {
  const { id } = parseAggregateId(row.aggregateId);
  const was = before.version === 0 ? NOTHING : entity.toContent(before.state, id);
  const is = entity.toContent(after.state, id);
  const names = new Set([was.values, was.errors, is.values, is.errors].flatMap(Object.keys));
  const changed = [...names].filter(
    (name) =>
      !isDeepStrictEqual(was.values[name], is.values[name]) || was.errors[name] !== is.errors[name],
  );
  return changed.length === 0
    ? undefined
    : {
        ...row,
        eventId: `${row.eventId}-v${entity.version}`,
        eventType: entity.type,
        version: entity.version,
        eventData: { ...is, changed: changed.sort() },
      };
}
