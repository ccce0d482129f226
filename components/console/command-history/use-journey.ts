'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { type Journey, journeySchema } from '#lib/contracts/command-history.ts';

/** While something is on its way it is looked at so often; where it does not come soon, less. */
const LOOK_INTERVAL_MS = 500;
const PATIENT_INTERVAL_MS = 3_000;
const SOON = 20;

/** A command's way, followed until it is in every view; null asks nothing. */
export function useJourney(id: string | null, correlation: string | null) {
  return useQuery({
    queryKey: ['commands', 'journey', id, correlation],
    queryFn: ({ signal }) =>
      fetchApi(journeySchema, `/api/commands/${encodeURIComponent(id ?? '')}/journey`, {
        params: { correlation },
        signal,
      }),
    enabled: id !== null,
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      if (data === undefined || !isUnderWay(data)) {
        return false;
      }
      return dataUpdateCount < SOON ? LOOK_INTERVAL_MS : PATIENT_INTERVAL_MS;
    },
  });
}

function isUnderWay({ steps, problems }: Journey): boolean {
  return (
    problems.length > 0 || steps.some(({ state }) => state === 'waiting' || state === 'blocked')
  );
}
