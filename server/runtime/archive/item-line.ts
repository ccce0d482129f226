import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

/** An item as DynamoDB keeps it: each value with its type. */
export type TypedItem = Readonly<Record<string, AttributeValue>>;

/**
 * An item as one line of DynamoDB's own JSON, in one form: members and sets sorted, binary values in
 * base64. So items are the same exactly when their lines are, and nothing is lost in between.
 */
export function toItemLine(item: TypedItem): string {
  return JSON.stringify(toMembers(item));
}

/** The item of a line. Throws for a line that is none. */
export function parseItemLine(line: string): Record<string, AttributeValue> {
  return membersSchema.parse(JSON.parse(line));
}

function toMembers(members: TypedItem): Record<string, unknown> {
  const names = Object.keys(members).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = members[name];
      return value === undefined ? [] : [[name, toWire(value)]];
    }),
  );
}

function toWire(value: AttributeValue): unknown {
  if (value.M !== undefined) {
    return { M: toMembers(value.M) };
  }
  if (value.L !== undefined) {
    return { L: value.L.map(toWire) };
  }
  if (value.B !== undefined) {
    return { B: toBase64(value.B) };
  }
  if (value.BS !== undefined) {
    return { BS: value.BS.map(toBase64).sort() };
  }
  if (value.SS !== undefined) {
    return { SS: [...value.SS].sort() };
  }
  return value.NS === undefined ? value : { NS: [...value.NS].sort() };
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));

const attributeSchema: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ M: membersSchema }),
    z.strictObject({ L: z.array(attributeSchema) }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.literal(true) }),
    z.strictObject({ B: bytes }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ BS: z.array(bytes) }),
  ]),
);

/** Zod's own record leaves a member `__proto__` out. */
const membersSchema: z.ZodType<Record<string, AttributeValue>> = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .transform((members) =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, attributeSchema.parse(value)]),
    ),
  );
