import { z } from 'zod';
import type { JsonValue } from './json-value.ts';

/** A value that a field has once it is normalised. */
export type NormalValue = string | number | boolean | readonly string[] | null;

/** What becomes of a value, or a sentence that says why it cannot. */
export type Outcome = { readonly value: NormalValue } | { readonly error: string };

/** What filters and sorts take a field for. */
export type FieldType = 'text' | 'list' | 'date' | 'date-time' | 'boolean' | 'number';

/** A number of JSON or PostgreSQL's `numeric`, also as a text. */
const NUMBER = /^-?\d{1,60}(\.\d{1,30})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}/;
/** Salesforce writes the offset without a colon: 2024-05-01T10:00:00.000+0000. */
const SHORT_OFFSET = /([+-]\d{2})(\d{2})$/;
const timeSchema = z.iso.datetime({ offset: true });
const daySchema = z.iso.date();

/** By the type of the field: what a value that is not null becomes. Pure. */
const OPERATIONS: Readonly<Record<FieldType, (value: Exclude<JsonValue, null>) => Outcome>> = {
  text: (value) =>
    typeof value === 'object' ? fail(value, 'a text') : { value: String(value).normalize('NFC') },
  list: (value) =>
    typeof value === 'string'
      ? { value: toChoices(value) }
      : fail(value, 'a list of choices like “a;b;c”'),
  date: toDay,
  'date-time': toTime,
  boolean: (value) => {
    const text = String(value).toLowerCase();
    return text === 'true' || text === 'false'
      ? { value: text === 'true' }
      : fail(value, '“true” or “false”');
  },
  number: (value) =>
    typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value))
      ? { value }
      : fail(value, 'a number'),
};

/** Brings a value into the one form of a type; null stays null. */
export function toNormal(type: FieldType, value: JsonValue): Outcome {
  return value === null ? { value: null } : OPERATIONS[type](value);
}

/** The choices of a multi-select picklist, which come as `a;b;c`. */
function toChoices(text: string): string[] {
  return text
    .split(';')
    .map((choice) => choice.trim().normalize('NFC'))
    .filter((choice) => choice !== '');
}

/** A day: of a text that begins with one, or of milliseconds since 1970, in UTC. */
function toDay(value: Exclude<JsonValue, null>): Outcome {
  const time = typeof value === 'number' ? fromMilliseconds(value) : undefined;
  const day = (typeof value === 'string' ? DAY.exec(value)?.[0] : time?.slice(0, 10)) ?? '';
  return daySchema.safeParse(day).success ? { value: day } : fail(value, 'a day');
}

/** A time in UTC: of ISO 8601, or of milliseconds since 1970. */
function toTime(value: Exclude<JsonValue, null>): Outcome {
  const time =
    typeof value === 'number'
      ? fromMilliseconds(value)
      : typeof value === 'string' && timeSchema.safeParse(withColon(value)).success
        ? fromMilliseconds(Date.parse(withColon(value)))
        : undefined;
  return time === undefined ? fail(value, 'a time') : { value: time };
}

function withColon(text: string): string {
  return text.replace(SHORT_OFFSET, '$1:$2');
}

/** Undefined beyond the years 0 to 9999, which neither JSON's readers nor PostgreSQL share. */
function fromMilliseconds(value: number): string | undefined {
  const time = new Date(value);
  const isKnown = !Number.isNaN(time.getTime()) && /^\d{4}-/.test(time.toISOString());
  return isKnown && time.getUTCFullYear() > 0 ? time.toISOString() : undefined;
}

function fail(value: JsonValue, wanted: string): Outcome {
  return { error: `${JSON.stringify(value).slice(0, 80)} is not ${wanted}.` };
}
