'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect } from 'react';
import { fetchApi } from '#components/ui/api-client.ts';
import { COMMAND_OUTCOMES, commandsPageSchema } from '#lib/contracts/command-history.ts';

const FILTERS = {
  outcome: parseAsStringLiteral(COMMAND_OUTCOMES),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  actor: parseAsArrayOf(parseAsString).withDefault([]),
  aggregate: parseAsString.withDefault(''),
  cursor: parseAsString,
};

/** A command that is refused moves nothing that is told of: so often the newest one is looked at. */
const LOOK_INTERVAL_MS = 5_000;

/** What the history is narrowed to and where its page begins, in the URL; Back undoes it. */
export function useCommandFilters() {
  return useQueryStates(FILTERS, { history: 'push' });
}

export type CommandFilters = ReturnType<typeof useCommandFilters>[0];

/** Which command's details are open, in the URL; `correlation` finds it when its record has expired. */
export function useOpenCommand() {
  return useQueryStates({ command: parseAsString, correlation: parseAsString });
}

/** A page of the history; `hasNewer` says that there is a newer command, which is shown by itself while `following`. */
export function useCommandHistory(filters: CommandFilters, following: boolean) {
  const query = useQuery({
    queryKey: ['commands', 'page', filters],
    queryFn: ({ signal }) =>
      fetchApi(commandsPageSchema, '/api/commands', { params: filters, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isFirst = filters.cursor === null;
  const newest = useQuery({
    queryKey: ['commands', 'newest', filters],
    queryFn: ({ signal }) =>
      fetchApi(commandsPageSchema, '/api/commands', { params: { ...filters, limit: 1 }, signal }),
    enabled: isFirst,
    refetchInterval: LOOK_INTERVAL_MS,
    meta: { follows: ['journal'] },
  });
  const { refetch } = query;
  const newestId = newest.data?.items[0]?.id;
  const hasNewer =
    isFirst &&
    newestId !== undefined &&
    query.data !== undefined &&
    !query.isPlaceholderData &&
    newest.dataUpdatedAt > query.dataUpdatedAt &&
    query.data.items[0]?.id !== newestId;

  const due = following && hasNewer && !query.isFetching;
  useEffect(() => {
    if (due) {
      void refetch();
    }
  }, [due, refetch]);

  return { query, hasNewer };
}
