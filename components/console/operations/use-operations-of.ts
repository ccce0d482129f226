import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { operationsPageSchema } from '#lib/contracts/operations.ts';
import { isOver } from './use-operation.ts';

const SHOWN = 8;

/** While one is under way, and else: in milliseconds. */
const QUICK_MS = 800;
const SLOW_MS = 5_000;

/** What operators last had done to something, newest first, looked at again and again. */
export function useOperationsOf(subject: string) {
  return useQuery({
    queryKey: ['operations', subject],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ subject, limit: `${SHOWN}` });
      return fetchApi(operationsPageSchema, `/api/operations?${params}`, { signal });
    },
    refetchInterval: ({ state }) =>
      state.data?.items.every(isOver) === false ? QUICK_MS : SLOW_MS,
  });
}
