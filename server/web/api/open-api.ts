import { z } from 'zod';
import { type ApiEndpoint, type JsonSchema, toPathNames } from './api-endpoint.ts';
import { problemSchema } from './problem-answer.ts';

const json = (schema: unknown) => ({ 'application/json': { schema } });

const PROBLEM = {
  description: 'Why nothing was done, with a literal code.',
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  },
};

const COMMAND_HEADERS = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The command’s id: sent again with the same content, it is one command.',
    schema: { type: 'string', format: 'uuid' },
  },
  {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag that was read: the command is refused (412) when others have written since.',
    schema: { type: 'string', pattern: '^"\\d{1,10}"$' },
  },
];

const OUTCOMES: Readonly<Record<ApiEndpoint['status'], string>> = {
  200: 'What was asked for.',
  201: 'It was created: Location says where it is.',
  202: 'It was accepted: the views show it once they have come to the tokens’ sequences.',
};

/** The OpenAPI 3.1 document of these endpoints: their schemas are those that requests are read by. */
export function toOpenApi(endpoints: readonly ApiEndpoint[]) {
  const { $schema: _, ...problem } = z.toJSONSchema(problemSchema);
  const paths = new Map<string, Record<string, unknown>>();
  for (const endpoint of endpoints) {
    const path = `/api/v1${endpoint.path}`;
    const method = endpoint.method.toLowerCase();
    paths.set(path, { ...paths.get(path), [method]: toOperation(endpoint) });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Playhead',
      version: '1',
      description:
        'What the console’s forms can do, under the same rules. Amounts are decimal texts in what is sent, and whole minor units in what is answered.',
    },
    paths: Object.fromEntries(paths),
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problem },
    },
  };
}

function toOperation({
  path,
  scope,
  summary,
  operationId,
  query,
  body,
  status,
  answer,
  mediaType = 'application/json',
  method,
}: ApiEndpoint) {
  return {
    operationId,
    summary,
    description: `Needs a token with ${scope}.`,
    parameters: [
      ...toPathNames(path).map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...toQueryParameters(query),
      ...(method === 'GET' ? [] : COMMAND_HEADERS),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: Boolean(body.required?.length), content: json(body) } }),
    responses: {
      [status]: { description: OUTCOMES[status], content: { [mediaType]: { schema: answer } } },
      default: PROBLEM,
    },
  };
}

function toQueryParameters({ properties = {} }: JsonSchema = {}) {
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}
