import { and, type SQL, sql } from 'drizzle-orm';
import { journal, journalCounts } from '#server/journal/journal-table.ts';
import type { Tx } from '#server/platform/postgres.ts';
import { isIn } from '../is-in.ts';

/** Which events are meant; empty lists and absent values leave nothing out. */
export type EventFilter = {
  readonly types: readonly string[];
  readonly actors: readonly string[];
  readonly aggregateId: string | undefined;
  readonly correlationId: string | undefined;
};

/** An event that was found: where it is, and what facets count. */
export type FoundEvent = {
  readonly position: number;
  readonly eventType: string;
  readonly actor: string;
};

/** Only those before this position (all, when there is none), and so many at most. */
export type Range = { readonly before: number | undefined; readonly limit: number };

export const ACTOR = sql`(${journal.metadata} ->> 'actor')`;

const FOUND = sql`${journal.position}::float8 AS position, ${journal.eventType} AS "eventType",
  coalesce(${ACTOR}, '') AS actor`;

/** What a filter says of one row. */
export function isMeant({ types, actors, aggregateId, correlationId }: EventFilter): SQL {
  return (
    and(
      types.length > 0 ? isIn(journal.eventType, types) : undefined,
      actors.length > 0 ? isIn(ACTOR, actors) : undefined,
      aggregateId === undefined ? undefined : sql`${journal.aggregateId} = ${aggregateId}`,
      correlationId === undefined ? undefined : sql`${journal.correlationId} = ${correlationId}`,
    ) ?? sql`true`
  );
}

/**
 * The newest events that a filter means, by an index in whose order they are found: the time that it
 * takes grows with `limit` and not with the journal. An account's own events are in the order of their
 * sequences. Of types and actors every combination that there is has its place in an index, and the
 * newest of each are put together.
 */
export async function findEvents(
  tx: Tx,
  filter: EventFilter,
  { before, limit }: Range,
  condition: SQL = sql`true`,
): Promise<FoundEvent[]> {
  const { types, actors, aggregateId, correlationId } = filter;
  const isBefore = before === undefined ? sql`true` : sql`${journal.position} < ${before}`;
  const newest = (where: SQL, order: SQL = sql`${journal.position}`) => sql`
    SELECT ${FOUND} FROM ${journal} WHERE ${and(where, isBefore, condition)}
    ORDER BY ${order} DESC LIMIT ${limit}`;
  const together = (cells: SQL, where: SQL) => sql`
    SELECT found.* FROM ${cells} CROSS JOIN LATERAL (${newest(where)}) AS found
    ORDER BY position DESC LIMIT ${limit}`;
  const ofCell = sql`${journal.eventType} = cell.event_type`;
  const statement =
    aggregateId !== undefined
      ? newest(isMeant(filter), sql`${journal.eventSequence}`)
      : correlationId !== undefined
        ? newest(isMeant(filter))
        : actors.length > 0
          ? together(
              sql`(SELECT event_type, actor FROM ${journalCounts} WHERE events > 0 AND ${and(
                isIn(sql`actor`, actors),
                types.length > 0 ? isIn(sql`event_type`, types) : undefined,
              )}) AS cell`,
              sql`${ACTOR} = cell.actor AND ${ofCell}`,
            )
          : types.length > 0
            ? together(
                sql`unnest(${sql.param([...new Set(types)])}::text[]) AS cell (event_type)`,
                ofCell,
              )
            : newest(sql`true`);
  const rows = await tx.execute<FoundEvent>(statement);
  return rows;
}
