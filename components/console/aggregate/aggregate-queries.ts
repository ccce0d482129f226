import { parseAggregateId } from '#lib/aggregate-id.ts';

/** What a query of an aggregate's page follows: a projection by its name, or one of these. */
export type Source = 'event-store' | 'hot-views' | (string & {});

/** The cache key of what the page shows of an aggregate from a source, or keeps as it was read. */
export function aggregateKey(aggregateId: string, part: Source, ...rest: readonly unknown[]) {
  return ['aggregate-page', aggregateId, part, ...rest];
}

/** The path of an aggregate's part in the API: "/api/aggregates/account/CZ1/timeline". */
export function aggregatePath(aggregateId: string, part: string): string {
  const { type, id } = parseAggregateId(aggregateId);
  return `/api/aggregates/${encodeURIComponent(type)}/${encodeURIComponent(id)}/${part}`;
}
