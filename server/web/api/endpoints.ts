import type { Registry } from '#server/runtime/registry.ts';
import { toJsonAnswer } from '../json-answer.ts';
import type { ApiEndpoint } from './api-endpoint.ts';
import { toCommandEndpoint } from './command-endpoint.ts';
import { toOpenApi } from './open-api.ts';
import { OPERATION_ENDPOINTS } from './operation-endpoints.ts';
import { toResourceEndpoint } from './read-endpoint.ts';
import { RUNTIME_ENDPOINTS } from './runtime-endpoints.ts';
import { WEBHOOK_ENDPOINTS } from './webhook-endpoints.ts';

/** Everything that the API answers: the modules' resources and commands, and the runtime's own. */
export function toEndpoints({ modules }: Pick<Registry, 'modules'>): ApiEndpoint[] {
  const endpoints = modules.flatMap(({ name, resources = [], commands }) => [
    ...resources.map((resource) => toResourceEndpoint(name, resource)),
    ...commands.flatMap((command) =>
      command.route === undefined ? [] : [toCommandEndpoint(name, command, command.route)],
    ),
  ]);
  const all = [...endpoints, ...RUNTIME_ENDPOINTS, ...OPERATION_ENDPOINTS, ...WEBHOOK_ENDPOINTS];
  return [...all, toDocumentEndpoint(all)];
}

/** The document of all others, for whoever has a token. */
function toDocumentEndpoint(endpoints: readonly ApiEndpoint[]): ApiEndpoint {
  const document = toOpenApi(endpoints);
  return {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Describes the API: OpenAPI 3.1.',
    operationId: 'getOpenApi',
    toRight: () => undefined,
    scope: 'any scope',
    status: 200,
    answer: { type: 'object' },
    respond: async () => toJsonAnswer(document),
  };
}
