/**
 * The bytes that DynamoDB counts for an item: names and texts in UTF-8, three more for a map or a
 * list and one for each of its elements. Numbers are counted at their most, 21 bytes.
 */
export function itemSize(item: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    bytes += value === undefined ? 0 : Buffer.byteLength(name) + valueSize(value);
  }
  return bytes;
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return 21;
  }
  if (Array.isArray(value)) {
    return value.reduce((bytes: number, element) => bytes + valueSize(element) + 1, 3);
  }
  if (typeof value === 'object' && value !== null) {
    return itemSize({ ...value }) + Object.keys(value).length + 3;
  }
  return 1;
}
