'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type LagSample, withSample } from '#components/console/projections/lag-history.ts';
import { ApiError, fetchApi } from '#components/ui/api-client.ts';
import type { ConsumerStatus, ProjectionLag } from '#lib/contracts/queries.ts';
import { type SystemState, systemStateSchema, type ViewFreshness } from '#lib/contracts/system.ts';
import { useNow } from './use-now.ts';

/** The state of the system, and what was known before where a database does not answer now. */
export type SystemView = SystemState & {
  /** When it came, by this browser's clock. */
  readonly receivedAt: number;
  readonly known: {
    readonly lag: ProjectionLag | null;
    readonly consumers: readonly ConsumerStatus[] | null;
  };
  /** Lag in the last minutes. */
  readonly history: readonly LagSample[];
};

const KEY = ['system'];
const INTERVAL_MS = 1_000;

/** The server answers within two seconds, whatever hangs behind it. */
const TIMEOUT_MS = 4_000;

/** An answer that is older than this says nothing about now. */
const STALE_MS = 6_000;

/**
 * The state of everything, once a second: header, badges, cards and figures share this one answer, so
 * that all say the same at the same moment. The history lives in the query's cache: it goes on from page
 * to page and ends with the tab.
 */
export function useSystem<Part = SystemView>(select?: (system: SystemView) => Part) {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ client, signal }): Promise<SystemView> => {
      const before = client.getQueryData<SystemView>(KEY);
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const state = await fetchApi(systemStateSchema, '/api/system', { signal: timeout });
      const receivedAt = Date.now();
      const history = before?.history ?? [];
      return {
        ...state,
        receivedAt,
        known: {
          lag: state.lag ?? before?.known.lag ?? null,
          consumers: state.consumers ?? before?.known.consumers ?? null,
        },
        history: withSample(history, state, receivedAt),
      };
    },
    ...(select ? { select } : {}),
    refetchInterval: INTERVAL_MS,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
  });
}

/** What is up and what is down. */
export function useHealth() {
  return useSystem(({ health }) => health);
}

/** The time by the server's clock, which moves once a second; this browser's before its first word. */
export function useServerNow(): number {
  const now = useNow();
  const { data } = useSystem();
  return data ? Date.parse(data.at) + Math.max(0, now - data.receivedAt) : now;
}

/** How fresh a view is against the event store; undefined before the server's first word. */
export function useFreshness(view: string): ViewFreshness | undefined {
  const now = useNow();
  const { data, error } = useSystem();
  if (error) {
    return toUnknown(view);
  }
  if (data === undefined) {
    return undefined;
  }
  if (now - data.receivedAt > STALE_MS) {
    return toUnknown(view);
  }
  return findFreshness(data, view) ?? toUnknown(view);
}

/** How fresh the server found a view; undefined where it does not know the view. */
function findFreshness({ views, hotViews }: SystemState, name: string): ViewFreshness | undefined {
  return (
    views.find(({ view }) => view === name) ??
    hotViews.find((hotView) => hotView.name === name)?.freshness
  );
}

function toUnknown(view: string): ViewFreshness {
  return {
    view,
    state: 'unknown',
    eventsBehind: null,
    atLeast: false,
    behindSince: null,
    thresholdSeconds: null,
    reason: 'The console’s web server does not say how fresh it is.',
    since: null,
  };
}

/** What a panel shows of a part of the state: what was known before, with the reason why it is old. */
export function toPartQuery<Part>(
  query: UseQueryResult<SystemView>,
  part: Part | null | undefined,
  store: 'postgresql' | 'dynamodb',
) {
  const check = query.data?.health[store];
  const code = store === 'postgresql' ? 'POSTGRES_UNAVAILABLE' : 'DYNAMODB_UNAVAILABLE';
  const name = store === 'postgresql' ? 'PostgreSQL' : 'DynamoDB';
  const isSilent = query.data !== undefined && check?.state !== 'up';
  const silence = isSilent ? new ApiError(code, `${name} does not answer.`, 503) : null;
  return {
    data: part ?? undefined,
    error: query.error ?? silence,
    isFetching: query.isFetching,
    isPending: query.isPending,
    refetch: query.refetch,
  };
}
