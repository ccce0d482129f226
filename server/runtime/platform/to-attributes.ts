import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * An item as it travels to DynamoDB, of JSON's values only; members that are undefined are left out. The
 * SDK's document client does the same for any value, and takes several times as long. Throws for a value
 * that is none of JSON's.
 */
export function toAttributes(
  item: Readonly<Record<string, unknown>>,
): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(item)) {
    if (value !== undefined) {
      attributes[name] = toAttribute(value);
    }
  }
  return attributes;
}

function toAttribute(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: `${value}` };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) {
        return { NULL: true };
      }
      return Array.isArray(value)
        ? { L: value.map(toAttribute) }
        : { M: toAttributes({ ...value }) };
    default:
      throw new Error(`DynamoDB has no attribute for a ${typeof value}.`);
  }
}
