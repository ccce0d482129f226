import { NumberValue } from '@aws-sdk/lib-dynamodb';

/**
 * An item of DynamoDB as JSON, for people: sets are lists, binary values base64, and numbers that
 * JavaScript has not exactly are texts of all their digits.
 */
export function toRawJson(item: unknown): string {
  return JSON.stringify(toPlain(item)) ?? 'null';
}

function toPlain(value: unknown): unknown {
  if (value instanceof NumberValue || typeof value === 'bigint') {
    return value.toString();
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64');
  }
  if (value instanceof Set || Array.isArray(value)) {
    return [...value].map(toPlain);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]))
    : value;
}
