import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { comparableOf, type EntitiesTable, requireField } from './entity-fields.ts';

/** One of the orders that a list has; those after the first count where the ones before are equal. */
type Key = {
  readonly value: SQL;
  readonly kind: 'text' | 'number' | 'time';
  readonly isDescending: boolean;
};

/** An order of records: by these keys, and by their ids in the end. */
export type EntityOrder = { readonly text: string; readonly keys: readonly Key[] };

const MOST_KEYS = 4;

/**
 * Reads an order such as `status,-created_date`: names of fields, `title` or `changedAt`, with a minus in front
 * of those that go downwards. What has no value comes first. Throws INVALID_INPUT.
 */
export function toOrder(table: EntitiesTable, mapping: FieldMapping, text: string): EntityOrder {
  const names = text.split(',').map((name) => name.trim());
  if (names.length > MOST_KEYS) {
    const sentence = `A list is sorted by at most ${MOST_KEYS} fields.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'sort' });
  }
  const keys = names.map((name): Key => {
    const isDescending = name.startsWith('-');
    return { ...toValue(table, mapping, isDescending ? name.slice(1) : name), isDescending };
  });
  const isLastDown = keys.at(-1)?.isDescending ?? false;
  const id = { value: sql`${table.recordId}`, kind: 'text' as const, isDescending: isLastDown };
  return { text, keys: [...keys, id] };
}

/** ORDER BY; the other way round for what is before a place. */
export function toOrderBy({ keys }: EntityOrder, isBack: boolean): SQL {
  const parts = keys.map(({ value, isDescending }) =>
    isDescending === isBack ? sql`${value} ASC` : sql`${value} DESC`,
  );
  return sql.join(parts, sql`, `);
}

/** The keys of a row as a cursor has them: a JSON list of texts. */
export function toPlaceColumn({ keys }: EntityOrder): SQL<string> {
  const texts = keys.map(({ value, kind }) =>
    kind === 'time'
      ? sql`to_json(${value}) #>> '{}' COLLATE "C"`
      : sql`((${value})::text) COLLATE "C"`,
  );
  return sql<string>`json_build_array(${sql.join(texts, sql`, `)})::text`;
}

/** A place in the order, as a cursor has it. */
export function toPlaceSchema({ keys }: EntityOrder): z.ZodType<string[]> {
  return z.string().transform((text, ctx) => {
    const place = z.array(z.string()).length(keys.length).safeParse(parseJson(text)).data;
    if (place?.every((each, index) => FORMS[keys[index]?.kind ?? 'text'].test(each))) {
      return place;
    }
    ctx.addIssue({ code: 'custom', message: 'It is no place of this list.' });
    return z.NEVER;
  });
}

/** What PostgreSQL reads as a value of each kind. */
const FORMS = {
  text: /^[^\0]*$/,
  number: /^(-Infinity|-?\d{1,80}(\.\d{1,40})?)$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d$/,
} as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The rows behind a place, or before it. */
export function isBeside({ keys }: EntityOrder, place: readonly string[], isBack: boolean): SQL {
  const signs = keys.map(({ isDescending }) => isDescending !== isBack);
  if (signs.every((isDown) => isDown === signs[0])) {
    const sign = signs[0] ? sql`<` : sql`>`;
    const values = keys.map(({ value }) => value);
    return sql`(${sql.join(values, sql`, `)}) ${sign} (${sql.join(toPlace(keys, place), sql`, `)})`;
  }
  const wanted = toPlace(keys, place);
  const cases = keys.map(({ value }, index) => {
    const same = keys.slice(0, index).map((key, at) => sql`${key.value} = ${wanted[at]}`);
    const sign = signs[index] ? sql`<` : sql`>`;
    return sql`(${sql.join([...same, sql`${value} ${sign} ${wanted[index]}`], sql` AND `)})`;
  });
  return sql`(${sql.join(cases, sql` OR `)})`;
}

const TYPES = { text: sql`text`, number: sql`numeric`, time: sql`timestamptz` } as const;

function toPlace(keys: readonly Key[], place: readonly string[]): SQL[] {
  return keys.map(({ kind }, index) => sql`${place[index] ?? ''}::${TYPES[kind]}`);
}

function toValue(
  table: EntitiesTable,
  mapping: FieldMapping,
  name: string,
): Omit<Key, 'isDescending'> {
  if (name === 'title') {
    return { value: sql`${table.title} COLLATE "und-x-icu"`, kind: 'text' };
  }
  if (name === 'changedAt') {
    return { value: sql`${table.changedAt}`, kind: 'time' };
  }
  const field = requireField(mapping, name);
  const value = comparableOf(table, field);
  return field.type === 'number'
    ? { value: sql`coalesce(${value}, '-Infinity')`, kind: 'number' }
    : { value: sql`coalesce(${value}, '')`, kind: 'text' };
}
