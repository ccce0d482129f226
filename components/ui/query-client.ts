import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-client.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Projections ('accounts' …) or 'journal': when one of them moves, the query is refetched. */
      readonly follows?: readonly string[];
    };
  }
}

/**
 * The browser's cache of answers. What the server refused is not asked again; what failed for
 * another reason is, once: a panel that says what is wrong beats one that waits.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) =>
          failures < 1 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        retryDelay: 500,
      },
    },
  });
}
