import { and, not, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import { type NormalValue, toNormal } from '#lib/modules/crm/field-operations.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { containsPattern, startsWithPattern } from '#server/runtime/queries/like-pattern.ts';
import { FOLD } from '#server/runtime/queries/search-terms.ts';
import {
  comparableOf,
  type EntitiesTable,
  type EntityField,
  requireField,
  textOf,
} from './entity-fields.ts';

const OPERATORS = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'starts-with',
  'is-null',
] as const;
type Operator = (typeof OPERATORS)[number];

const operatorSchema = z.enum(OPERATORS);
const COMPARISONS: ReadonlyMap<Operator, SQL> = new Map([
  ['gt', sql`>`],
  ['gte', sql`>=`],
  ['lt', sql`<`],
  ['lte', sql`<=`],
]);

/** A time may be given as a day: its beginning, in UTC. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `field:operator:value`; the value may hold colons. */
const FILTER = /^([^:]+):([^:]+):(.*)$/s;

/**
 * The condition that a filter such as `status:eq:Active` asks for. Texts and lists are equal by an index of
 * all values; what is looked for within a text is found by the index of all words first. Throws INVALID_INPUT.
 */
export function toCondition(table: EntitiesTable, mapping: FieldMapping, filter: string): SQL {
  const [, name = '', operatorText = '', value = ''] = FILTER.exec(filter) ?? [];
  const operator = operatorSchema.safeParse(operatorText);
  if (!operator.success) {
    throw refuse(
      `“${filter.slice(0, 60)}” is no filter: field:operator:value, with ${OPERATORS.join(', ')}.`,
    );
  }
  const field = requireField(mapping, name);
  switch (operator.data) {
    case 'eq':
      return isEqual(table, field, value);
    case 'ne':
      return sql`NOT coalesce(${isEqual(table, field, value)}, false)`;
    case 'in':
      return anyOf(value.split(',').map((each) => isEqual(table, field, each)));
    case 'is-null':
      return isNull(table, field, value);
    case 'contains':
      return field.type === 'list'
        ? isEqual(table, field, value)
        : isLike(table, requireText(field, 'contains'), containsPattern(value), value);
    case 'starts-with':
      return isLike(table, requireText(field, 'starts-with'), startsWithPattern(value), value);
    default:
      return compare(table, field, COMPARISONS.get(operator.data) ?? sql`=`, value);
  }
}

/** By jsonb's containment, which has an index: a list has the value among others. */
function isEqual(table: EntitiesTable, field: EntityField, value: string): SQL {
  if (field.type === 'number') {
    return compare(table, field, sql`=`, value);
  }
  const wanted = field.type === 'list' ? [value.normalize('NFC')] : requireValue(field, value);
  return sql`${table.values} @> ${JSON.stringify({ [field.name]: wanted })}::jsonb`;
}

function compare(table: EntitiesTable, field: EntityField, sign: SQL, value: string): SQL {
  if (field.type === 'list' || field.type === 'boolean') {
    throw refuse(`${field.name} cannot be compared by size.`);
  }
  const wanted = String(requireValue(field, value));
  return field.type === 'number'
    ? sql`${comparableOf(table, field)} ${sign} ${wanted}::numeric`
    : sql`${comparableOf(table, field)} ${sign} ${wanted}`;
}

function isLike(table: EntitiesTable, field: EntityField, pattern: string, text: string): SQL {
  const anywhere = sql`${FOLD}(${table.words}) LIKE ${FOLD}(${containsPattern(text)})`;
  return sql`(${anywhere} AND ${FOLD}(${textOf(table, field)}) LIKE ${FOLD}(${pattern}))`;
}

function isNull(table: EntitiesTable, field: EntityField, value: string): SQL {
  if (value !== 'true' && value !== 'false') {
    throw refuse('is-null takes true or false.');
  }
  const isMissing = sql`${textOf(table, field)} IS NULL`;
  return value === 'true' ? isMissing : not(isMissing);
}

function anyOf(conditions: readonly SQL[]): SQL {
  return and(or(...conditions)) ?? sql`false`;
}

function requireText(field: EntityField, operator: Operator): EntityField {
  if (field.type !== 'text') {
    throw refuse(`${operator} looks into texts, and ${field.name} is of the type ${field.type}.`);
  }
  return field;
}

/** A value in the field's one form. Throws INVALID_INPUT for what can be none. */
function requireValue(field: EntityField, value: string): NormalValue {
  const isDay = field.type === 'date-time' && DAY.test(value);
  const outcome = toNormal(field.type, isDay ? `${value}T00:00:00Z` : value);
  if ('error' in outcome) {
    throw refuse(`${field.name}: ${outcome.error}`);
  }
  return outcome.value;
}

function refuse(sentence: string): PlayheadError {
  return new PlayheadError('INVALID_INPUT', sentence, { field: 'filter' });
}
