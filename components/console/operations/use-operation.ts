import { useQuery } from '@tanstack/react-query';
import { ApiError, fetchApi } from '#components/ui/api-client.ts';
import { type OperationState, operationSchema } from '#lib/contracts/operations.ts';

/** So often an operation that is not over is looked at again. */
const LOOK_INTERVAL_MS = 400;

/** Whether nothing more will come of it. */
export function isOver({ status }: Pick<OperationState, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/** Follows an operation until it is over. */
export function useOperation(id: string | null) {
  return useQuery({
    queryKey: ['operation', id],
    queryFn: ({ signal }) => fetchApi(operationSchema, `/api/operations/${id}`, { signal }),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: ({ state: { data, error } }) =>
      (data !== undefined && isOver(data)) || isUnknown(error) ? false : LOOK_INTERVAL_MS,
  });
}

/** There is none of that id, and there will be none: an address may name anything. */
function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
