import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

type Found = { readonly path: readonly PropertyKey[]; readonly problem: string };

/** Lists and maps within each other, the outermost included: AWS's limit. */
const MAX_DEPTH = 32;

/** DynamoDB's numbers are of this size at least, and below that one. */
const SMALLEST = 1e-130;
const TOO_LARGE = 1e126;

/**
 * The first part of a value that DynamoDB and JSON cannot both hold exactly. DynamoDB has sets, binary
 * values and numbers of 38 digits; JSON has numbers that DynamoDB has not. Members that are undefined are
 * left out wherever a value is written, so they are in order. Undefined when there is none. Pure.
 */
export function findNotStorable(value: unknown, depth = 0): Found | undefined {
  const problem = problemOf(value);
  if (problem !== undefined) {
    return { path: [], problem };
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (depth >= MAX_DEPTH) {
    return { path: [], problem: `more than ${MAX_DEPTH} lists and maps within each other` };
  }
  const isList = Array.isArray(value);
  for (const [key, part] of isList ? value.entries() : Object.entries(value)) {
    if (part === undefined && !isList) {
      continue;
    }
    const ofKey = problemOfKey(key);
    const found =
      ofKey === undefined ? findNotStorable(part, depth + 1) : { path: [], problem: ofKey };
    if (found !== undefined) {
      return { ...found, path: [key, ...found.path] };
    }
  }
  return undefined;
}

/**
 * A value by its codec, as it is to be stored. Throws VALUE_NOT_STORABLE, which says what it is about and
 * where, for a value that is not the codec's.
 */
export function encode<Value, Stored>(
  what: string,
  codec: z.ZodType<Value, Stored>,
  value: Value,
): Stored {
  const encoded = z.safeEncode(codec, value);
  if (encoded.success) {
    return encoded.data;
  }
  const [{ path, message: problem } = { path: [], message: '' }] = encoded.error.issues;
  throw notStorable(what, { path, problem }, encoded.error);
}

/**
 * The members of an encoded value as they are stored: without those that are undefined, at any depth.
 * Throws VALUE_NOT_STORABLE for what would not come back as it was (`findNotStorable`).
 */
export function toStorable(what: string, encoded: object): Record<string, unknown> {
  const found = findNotStorable(encoded);
  if (found !== undefined) {
    throw notStorable(what, found);
  }
  return membersOf(encoded);
}

function membersOf(value: object): Record<string, unknown> {
  const members = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(members.map(([key, part]) => [key, partOf(part)]));
}

function partOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(partOf);
  }
  return typeof value === 'object' && value !== null ? membersOf(value) : value;
}

function notStorable(what: string, { path, problem }: Found, cause?: unknown): PlayheadError {
  const sentence = `${what} cannot be stored: ${path.join('.')}: ${problem}.`;
  return new PlayheadError('VALUE_NOT_STORABLE', sentence, { cause });
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return undefined;
    case 'string':
      return value.isWellFormed() ? undefined : 'half of a surrogate pair is no character';
    case 'number':
      return problemOfNumber(value);
    case 'object':
      return value === null || Array.isArray(value) || isPlain(value)
        ? undefined
        : `${nameOf(value)} cannot be kept exactly`;
    default:
      return `a ${typeof value} cannot be kept exactly`;
  }
}

function problemOfNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) {
    return `${value} is no number of JSON's`;
  }
  const size = Math.abs(value);
  return size === 0 || (size >= SMALLEST && size < TOO_LARGE)
    ? undefined
    : `${value} is no number of DynamoDB's`;
}

/** JavaScript's parsers lose a member `__proto__`; DynamoDB has no empty name. */
function problemOfKey(key: PropertyKey): string | undefined {
  if (key === '' || key === '__proto__') {
    return `a member cannot be named "${key}"`;
  }
  return typeof key === 'string' ? problemOf(key) : undefined;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function nameOf(value: object): string {
  if (value instanceof Set) {
    return 'a set';
  }
  return value instanceof Uint8Array ? 'a binary value' : `the number ${value}`;
}
