import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { toEndpoints } from './endpoints.ts';
import { toOpenApi } from './open-api.ts';

const document = toOpenApi(toEndpoints(FULL_REGISTRY));

it('is an OpenAPI document', async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

it('names every operation once', () => {
  const ids = toEndpoints(FULL_REGISTRY).map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('asks for what the path does not say, and for nothing that only imports may give', () => {
  expect(document.paths['/api/v1/accounts/{accountId}/deposits']).toMatchObject({
    post: {
      requestBody: {
        content: {
          'application/json': {
            schema: { required: ['amount', 'currency'], additionalProperties: false },
          },
        },
      },
    },
  });
  const bodies = toEndpoints(FULL_REGISTRY).map(({ body }) => JSON.stringify(body));
  expect(bodies.join()).not.toMatch(/bookedAt|bookingDate/);
});
