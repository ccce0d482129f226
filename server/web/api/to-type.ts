import { z } from 'zod';

/** The parts of JSON Schema that zod writes. */
const schemaSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
});

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** A JSON schema as a type of TypeScript; what it does not know is `unknown`. */
export function toType(given: unknown): string {
  const schema = schemaSchema.safeParse(given).data ?? {};
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum !== undefined) {
    return toUnion(schema.enum.map((value) => JSON.stringify(value)));
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return toUnion(choices.map(toType));
  }
  if (schema.allOf !== undefined) {
    return schema.allOf.map(toType).join(' & ');
  }
  const types = [schema.type ?? []].flat();
  return types.length === 0 ? 'unknown' : toUnion(types.map((type) => toPlainType(type, schema)));
}

function toPlainType(type: string, schema: z.output<typeof schemaSchema>): string {
  switch (type) {
    case 'object':
      return toObjectType(schema);
    case 'array':
      return `readonly (${toType(schema.items)})[]`;
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type;
    default:
      return 'unknown';
  }
}

function toObjectType({
  properties = {},
  required = [],
  additionalProperties,
}: z.output<typeof schemaSchema>): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = IDENTIFIER.test(name) ? name : JSON.stringify(name);
    return `readonly ${key}${required.includes(name) ? '' : '?'}: ${toType(schema)}`;
  });
  if (fields.length > 0) {
    return `{ ${fields.join('; ')} }`;
  }
  return typeof additionalProperties === 'object'
    ? `Readonly<Record<string, ${toType(additionalProperties)}>>`
    : 'Readonly<Record<string, unknown>>';
}

function toUnion(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}
