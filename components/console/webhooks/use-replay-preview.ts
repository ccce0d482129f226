import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { replayPreviewSchema } from '#lib/contracts/webhooks.ts';

/** Behind a position of the journal, or since a time; null while neither was chosen. */
export type ReplayFrom = { readonly position: number } | { readonly since: string } | null;

/** What a replay to a webhook would send, as it filters. */
export function useReplayPreview(name: string, from: ReplayFrom) {
  const path = `/api/webhooks/${encodeURIComponent(name)}/replay`;
  return useQuery({
    queryKey: ['webhook-replay', name, from],
    queryFn: ({ signal }) => fetchApi(replayPreviewSchema, path, { params: { ...from }, signal }),
    enabled: from !== null,
  });
}
