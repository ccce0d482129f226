import { applyMapping, type FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import type { NormalValue } from '#lib/modules/crm/field-operations.ts';
import type { RecordValues } from '#lib/modules/crm/json-value.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import { evolveRecord } from '../domain/evolve-record.ts';
import type { RecordEvent } from '../domain/record-events.ts';
import { INITIAL_RECORD, type RecordState, recordStateSchema } from '../domain/record-state.ts';
import { toCanonicalJson } from './canonical-json.ts';
import type { crmClients } from './crm-entities-table.ts';

export type EntityRow = typeof crmClients.$inferSelect;

/** What mappings and pages see of a record beside its fields: its id, and whether it is deleted. */
export function toMappable(
  { values, isDeleted }: Pick<RecordState, 'values' | 'isDeleted'>,
  recordId: string,
): RecordValues {
  return { ...values, Id: recordId, IsDeleted: isDeleted };
}

/** A record's row after one more event. Pure. */
export function evolveEntityRow(
  mapping: FieldMapping,
  row: EntityRow | undefined,
  event: FollowingEvent<RecordEvent>,
  recordId: string,
): EntityRow {
  const before =
    row === undefined ? INITIAL_RECORD : recordStateSchema.parse(JSON.parse(row.state));
  const state = evolveRecord(before, event);
  const { values, errors } = applyMapping(mapping, toMappable(state, recordId));
  const title = values[mapping.title];
  return {
    recordId,
    title: typeof title === 'string' && title.trim() !== '' ? toText(title) : recordId,
    values: toCanonicalJson(values),
    errors: toCanonicalJson(errors),
    problems: Object.keys(errors).length,
    isDeleted: state.isDeleted,
    needsReading: state.needsReading,
    changedAt: new Date(state.newestAt),
    words: toWords(Object.values(values)),
    state: JSON.stringify(state),
    version: event.eventSequence,
  };
}

/** What a search looks in: each text of the values, on a line of its own behind a blank. */
function toWords(values: readonly NormalValue[]): string {
  const texts = values.flatMap((value) =>
    Array.isArray(value) ? value : typeof value === 'string' ? [value] : [],
  );
  return texts.map((text) => ` ${toText(text)}`).join('\n');
}

/** As PostgreSQL can hold it. */
function toText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}
