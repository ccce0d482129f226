import { CRM_ENTITIES, type EntityName } from '#lib/modules/crm/entities.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { evolveRecord } from './evolve-record.ts';
import { type RecordEvent, recordChangedSchema, recordReadSchema } from './record-events.ts';
import { INITIAL_RECORD, type RecordState, recordStateSchema } from './record-state.ts';

/** The aggregates of one kind of record: the same for all of them but for their names. */
export type RecordAggregate = Aggregate<RecordState, RecordEvent>;

function toAggregate({
  entityName,
  aggregateType,
}: {
  readonly entityName: EntityName;
  readonly aggregateType: string;
}): RecordAggregate {
  return {
    type: aggregateType,
    parseId: toRecordId,
    initialState: INITIAL_RECORD,
    evolve: evolveRecord,
    events: {
      [`Crm${entityName}Changed`]: { schemaVersion: 1, codec: recordChangedSchema },
      [`Crm${entityName}Read`]: { schemaVersion: 1, codec: recordReadSchema },
    },
    snapshot: { version: 1, codec: recordStateSchema },
  };
}

/** By what Salesforce calls the kind of record. */
export const RECORD_AGGREGATES: ReadonlyMap<string, RecordAggregate> = new Map(
  CRM_ENTITIES.map((entity) => [entity.entityName, toAggregate(entity)]),
);

/** By the type in front of a record's aggregate id. Throws for a type of no kind of record. */
export function recordAggregateOf(type: string): RecordAggregate {
  const found = [...RECORD_AGGREGATES.values()].find((aggregate) => aggregate.type === type);
  if (found === undefined) {
    throw new Error(`${type} is no kind of record.`);
  }
  return found;
}
