import { z } from 'zod';
import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Aggregates } from '#server/runtime/event-store/aggregate.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { requireOwnId } from '../require-own-id.ts';
import type { EventFilter } from './find-events.ts';

const minuteParam = z.iso.datetime({ offset: true }).transform(toMinute).optional();

/** When events came into the journal, from one whole minute to before another; what is asked for is rounded down. */
export const arrivalParams = { from: minuteParam, to: minuteParam };

function toMinute(time: string): number {
  return Math.floor(Date.parse(time) / MINUTE_MS) * MINUTE_MS;
}

/**
 * Several `type` or `actor` widen the filter; `q` is looked for in the aggregate's id and in the
 * payload, word by word, or is the beginning of an event id.
 */
export const eventsQuerySchema = z.object({
  type: listParam,
  /** Types of aggregates: events of these. */
  of: listParam,
  actor: listParam,
  /** An aggregate by its type and id: `account#A-1`. */
  aggregateId: textParam,
  /** An account by its own id, as it was asked for when there were accounts only. */
  accountId: textParam,
  correlationId: textParam,
  q: textParam,
  ...arrivalParams,
  ...pageParams,
});
export type EventsQuery = z.infer<typeof eventsQuerySchema>;

const MINUTE_MS = 60_000;

/** Whether what a query finds is counted already; else its events are looked through, up to a bound. */
export function isCounted(query: EventsQuery): boolean {
  const { q, aggregateId, accountId, correlationId, from, to } = query;
  return ![q, aggregateId, accountId, correlationId].some(Boolean) && (from ?? to) === undefined;
}

/**
 * The filter that a query means; types of aggregates are those of their events. Throws INVALID_INPUT for an aggregate
 * without its type, and AGGREGATE_NOT_FOUND for what can be no id.
 */
export function toFilter(
  { aggregates }: { readonly aggregates: Aggregates },
  {
    type,
    of,
    actor,
    accountId,
    aggregateId = accountId && toAggregateId('account', accountId),
    correlationId,
  }: EventsQuery,
): EventFilter {
  const ofTypes = of.flatMap((each) => Object.keys(aggregates.get(each)?.events ?? {}));
  return {
    // No event is of no type.
    types: of.length === 0 ? type : type.length === 0 ? ofTypes : both(type, ofTypes),
    actors: actor,
    aggregateId: aggregateId ? toOneForm(aggregates, aggregateId) : undefined,
    correlationId: correlationId || undefined,
    after: 0,
  };
}

function both(some: readonly string[], others: readonly string[]): string[] {
  const found = some.filter((each) => others.includes(each));
  return found.length === 0 ? [''] : found;
}

/** The id of an aggregate in its one form; as it is where no module has its type: its events are there all the same. */
function toOneForm(aggregates: Aggregates, aggregateId: string): string {
  const { type, id } = parseAggregateId(aggregateId);
  if (type === '') {
    const problem = 'Write an aggregate with its type, as in account#A-1.';
    throw new PlayheadError('INVALID_INPUT', problem, { field: 'aggregateId' });
  }
  const kind = aggregates.get(type);
  return kind === undefined ? aggregateId : toAggregateId(type, requireOwnId(kind, id));
}
