import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-client.ts';
import { toBusyInterval } from './busy-interval.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Projections ('accounts' …) or 'journal': when one of them moves, the query is refetched. */
      readonly follows?: readonly string[];
    };
  }
}

/**
 * The browser's cache of answers. What the server refused, or could not answer in its time, is not
 * asked again; what failed for another reason is, once: a panel that says what is wrong beats one that
 * waits. A server that is busy is asked again when it said, while the panel says so.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < 1 && !(error instanceof ApiError && isFinal(error)),
        retryDelay: 500,
        refetchInterval: toBusyInterval,
      },
    },
  });
}

function isFinal({ status, code }: ApiError): boolean {
  return (status >= 400 && status < 500) || code === 'QUERY_TIMED_OUT';
}
