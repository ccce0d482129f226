import { createHash } from 'node:crypto';

/** What a command asks for: names and plain values, in any order. */
export type CommandPayload = Readonly<Record<string, string | bigint | undefined>>;

/**
 * SHA-256, in hex, over what a command asks for: the same for the same meaning, whatever the order
 * of its fields, and whether a field is absent or undefined.
 */
export function hashPayload(commandType: string, payload: CommandPayload): string {
  const fields = Object.entries(payload)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([commandType, fields]))
    .digest('hex');
}
