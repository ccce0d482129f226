import { desc } from 'drizzle-orm';
import { z } from 'zod';
import {
  applyMapping,
  type FieldMapping,
  fieldMappingSchema,
  type Normalised,
} from '#lib/modules/crm/field-mapping.ts';
import type { RecordValues } from '#lib/modules/crm/json-value.ts';
import type { MappingTrial } from '#lib/modules/crm/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { recordStateSchema } from '../domain/record-state.ts';
import { toMappable } from '../views/entity-row.ts';
import type { NamedKind } from './entity-kinds.ts';

const MOST_SHOWN = 20;

export const mappingTrialQuerySchema = z.object({
  mapping: fieldMappingSchema,
  /** The newest so many records. */
  sample: z.number().int().min(1).max(1_000).default(200),
});

/** What a mapping would make of the records that changed last, beside what they are now. Writes nothing. */
export async function tryMapping(
  db: Db,
  kind: NamedKind,
  { mapping, sample }: z.output<typeof mappingTrialQuerySchema>,
): Promise<MappingTrial> {
  const { table } = kind;
  const rows = await db
    .select({ recordId: table.recordId, title: table.title, state: table.state })
    .from(table)
    .orderBy(desc(table.changedAt), desc(table.recordId))
    .limit(sample);
  const compared = rows.map(({ recordId, title, state }) => {
    const raw = toMappable(recordStateSchema.parse(JSON.parse(state)), recordId);
    return { recordId, title, fields: compare(kind.mapping, mapping, raw) };
  });
  const different = compared.filter(({ fields }) => fields.length > 0);
  return { tried: rows.length, different: different.length, items: different.slice(0, MOST_SHOWN) };
}

function compare(serving: FieldMapping, tried: FieldMapping, raw: RecordValues) {
  const before = applyMapping(serving, raw);
  const after = applyMapping(tried, raw);
  const names = new Set([...serving.fields, ...tried.fields].map(({ name }) => name));
  return [...names]
    .map((name) => ({ name, serving: toText(before, name), tried: toText(after, name) }))
    .filter((field) => field.serving !== field.tried);
}

/** A field's value or its error, in words; null where there is neither. */
function toText({ values, errors }: Normalised, name: string): string | null {
  if (errors[name] !== undefined) {
    return `Error: ${errors[name]}`;
  }
  return values[name] === undefined ? null : JSON.stringify(values[name]);
}
