import { createHash } from 'node:crypto';

/** A value of what a command asks for: JSON's, and whole numbers of any size. */
export type PayloadValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly PayloadValue[]
  | CommandPayload;

/** What a command asks for: names and values, which may nest. */
export type CommandPayload = { readonly [name: string]: PayloadValue | undefined };

/** Stands before a hash over values that are told apart by type. */
const TYPED = '2:';

/**
 * SHA-256 over what a command asks for: the same for the same meaning, whatever the order of its fields,
 * and whether a field is absent or undefined; another one for another order of a list, and for values
 * of different types. Throws for a number that is none of JSON's.
 */
export function hashPayload(commandType: string, payload: CommandPayload): string {
  return `${TYPED}${sha256(toCanonical([commandType, payload]))}`;
}

/**
 * Whether a recorded hash is of this command. Records of before there were typed values have the hash of
 * names and texts: these expire `COMMAND_RETENTION_DAYS` after the first start of this version.
 */
export function isHashOf(hash: string, commandType: string, payload: CommandPayload): boolean {
  return hash === (hash.startsWith(TYPED) ? hashPayload : hashTexts)(commandType, payload);
}

/** JSON with sorted names, and with bigint as JavaScript writes it. */
function toCanonical(value: PayloadValue): string {
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`A command cannot ask for the number ${value}.`);
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  if (isList(value)) {
    return `[${value.map(toCanonical).join()}]`;
  }
  const members = sortedEntries(value).map(
    ([name, part]) => `${JSON.stringify(name)}:${toCanonical(part)}`,
  );
  return `{${members.join()}}`;
}

function hashTexts(commandType: string, payload: CommandPayload): string {
  const fields = sortedEntries(payload).map(([name, value]) => [name, String(value)]);
  return sha256(JSON.stringify([commandType, fields]));
}

function sortedEntries(payload: CommandPayload): [string, PayloadValue][] {
  return Object.entries(payload)
    .flatMap(([name, value]): [string, PayloadValue][] =>
      value === undefined ? [] : [[name, value]],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function isList(value: readonly PayloadValue[] | CommandPayload): value is readonly PayloadValue[] {
  return Array.isArray(value);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
