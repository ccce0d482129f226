import { toAggregateId } from '#lib/aggregate-id.ts';
import { toEventTime } from '#lib/event-time.ts';
import { findEntity } from '#lib/modules/crm/entities.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';
import type { Accepted } from '#server/runtime/commands/decision.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { Known } from './decide-messages.ts';
import { modifiedAtOf, toRecordValues } from './read-record.ts';

/** Records of one kind as the REST API or an export has them: JSON of each one's fields. */
export type Readings = { readonly entityName: string; readonly records: readonly string[] };

/** A record that can be kept, or why it cannot. */
export type CheckedReading =
  | { readonly aggregateId: string; readonly modifiedAt: string }
  | { readonly reason: string };

/** Reads which record a reading is of, and as of when. Never throws. Pure. */
export function checkReading(entityName: string, record: string): CheckedReading {
  const entity = findEntity(entityName);
  if (entity === undefined) {
    return { reason: `Records of ${entityName} are not kept here.` };
  }
  try {
    const values = toRecordValues(record);
    const id = typeof values.Id === 'string' ? toRecordId(values.Id) : undefined;
    const modifiedAt = modifiedAtOf(values);
    if (id === undefined) {
      return { reason: 'It has no Id of a record.' };
    }
    return modifiedAt === undefined
      ? { reason: 'It has no SystemModstamp and no LastModifiedDate that is a time.' }
      : { aggregateId: toAggregateId(entity.aggregateType, id), modifiedAt };
  } catch {
    return { reason: 'It is no JSON object of a record’s fields.' };
  }
}

/**
 * Keeps records as they were read, all in one transaction. A record that was read as of the same time or a
 * later one changes nothing. Throws for a reading that `checkReading` refuses. Pure.
 */
export function decideReadings(
  { entityName, records }: Readings,
  { at, recordOf }: Pick<Known, 'at' | 'recordOf'>,
): Accepted {
  const events = new Map<string, DomainEvent[]>();
  let timestamp = at;
  for (const record of records) {
    const checked = checkReading(entityName, record);
    if ('reason' in checked) {
      throw new Error(`A record that cannot be kept was to be decided on: ${checked.reason}`);
    }
    const { aggregateId, modifiedAt } = checked;
    const { held, lastEventAt } = recordOf(aggregateId);
    if (held.readAt < Date.parse(modifiedAt) && !events.has(aggregateId)) {
      const eventData = { record, modifiedAt };
      events.set(aggregateId, [{ eventType: `Crm${entityName}Read`, eventData }]);
      timestamp = toEventTime(timestamp, lastEventAt);
    }
  }
  return { kind: 'accepted', timestamp, events };
}
