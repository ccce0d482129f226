import { z } from 'zod';

const schemaSchema = z.object({
  type: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
});

/** Something of a JSON schema's shape to begin with: what is required, and empty where nothing is known. */
export function toExample(schema: unknown): unknown {
  const { type, properties = {}, required = [], ...rest } = schemaSchema.parse(schema);
  if (rest.default !== undefined) {
    return rest.default;
  }
  if (rest.enum !== undefined) {
    return rest.enum[0];
  }
  switch (type) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, toExample(properties[name] ?? {})]));
    case 'array':
      return [];
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    default:
      return '';
  }
}
