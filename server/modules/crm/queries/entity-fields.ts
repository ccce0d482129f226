import { type SQL, sql } from 'drizzle-orm';
import type { FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import type { FieldType } from '#lib/modules/crm/field-operations.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { crmClients } from '../views/crm-entities-table.ts';

/** A table of records, of whichever kind. */
export type EntitiesTable = typeof crmClients;

/** A field of a kind of record, as filters and sorts see it. */
export type EntityField = { readonly name: string; readonly type: FieldType };

/** The field of that name. Throws INVALID_INPUT, which names the fields there are. */
export function requireField({ fields }: FieldMapping, name: string): EntityField {
  const field = fields.find((each) => each.name === name);
  if (field === undefined) {
    const known = fields.map((each) => each.name).join(', ');
    const sentence = `There is no field “${name.slice(0, 40)}”. There are: ${known}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'filter' });
  }
  return field;
}

/** A field's value as a text; NULL where it has none. The name is a mapping's, never a caller's. */
export function textOf({ values }: EntitiesTable, { name }: EntityField): SQL {
  return sql`(${values} ->> ${sql.raw(`'${name}'`)})`;
}

/** What a field is compared and sorted by: numbers as numbers, everything else by its text. */
export function comparableOf(table: EntitiesTable, field: EntityField): SQL {
  const text = textOf(table, field);
  return field.type === 'number' ? sql`${text}::numeric` : sql`${text} COLLATE "C"`;
}
