/** What an object, a list or a small value takes beside its content, in bytes: about what V8 needs. */
const OVERHEAD = 48;

/** About how much memory a state takes, in bytes. A text is not read for it, so its length costs nothing. */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') {
    return OVERHEAD + 2 * value.length;
  }
  if (typeof value !== 'object' || value === null) {
    return OVERHEAD;
  }
  const parts = value instanceof Map ? [...value].flat() : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + estimateBytes(part), OVERHEAD);
}
