import { isSafeNumber, parse } from 'lossless-json';
import { type JsonValue, jsonValueSchema } from '#lib/modules/crm/json-value.ts';

/**
 * Reads JSON without losing a digit: a number that JavaScript has not exactly is a text of all its digits.
 * Throws SyntaxError for what is not JSON.
 */
export function parseJson(text: string): JsonValue {
  return jsonValueSchema.parse(parse(text, null, toExact));
}

function toExact(digits: string): number | string {
  return isSafeNumber(digits) ? Number(digits) : digits;
}

/** Reads JSON with all its numbers as they are written; undefined for what is not JSON. */
export function parseDigits(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
