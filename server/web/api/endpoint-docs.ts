import type { EndpointDoc } from '#lib/contracts/api-docs.ts';
import type { Registry } from '#server/runtime/registry.ts';
import { toPathNames } from './api-endpoint.ts';
import { toEndpoints } from './endpoints.ts';

/** Every endpoint, for the page on which people try them. */
export function toEndpointDocs(registry: Pick<Registry, 'modules'>): EndpointDoc[] {
  return toEndpoints(registry).map(({ method, path, summary, scope, query, body, answer }) => ({
    method,
    path: `/api/v1${path}`,
    summary,
    scope,
    parts: toPathNames(path),
    query: Object.keys(query?.properties ?? {}),
    body: body === undefined ? null : { ...body },
    answer: { ...answer },
  }));
}
