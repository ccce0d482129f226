import { and, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { journal, journalCounts } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';

/** Which events are meant; empty lists and absent values leave nothing out. */
export type EventFilter = {
  readonly types: readonly string[];
  readonly actors: readonly string[];
  readonly aggregateId: string | undefined;
  readonly correlationId: string | undefined;
  /** Only those behind this position; 0 leaves nothing out. */
  readonly after: number;
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
export function isMeant(filter: EventFilter): SQL {
  const { types, actors, aggregateId, correlationId, after } = filter;
  return (
    and(
      types.length > 0 ? isIn(journal.eventType, types) : undefined,
      actors.length > 0 ? isIn(ACTOR, actors) : undefined,
      aggregateId === undefined ? undefined : sql`${journal.aggregateId} = ${aggregateId}`,
      correlationId === undefined ? undefined : sql`${journal.correlationId} = ${correlationId}`,
      // Not by the index of positions, where another one is to be taken.
      after === 0 ? undefined : sql`${journal.position} + 0 > ${after}`,
    ) ?? sql`true`
  );
}

/** Behind every position that there can be. */
const NO_POSITION = Number.MAX_SAFE_INTEGER;

/**
 * The newest events that a filter means, by an index in whose order they are found: the time that it
 * takes grows with `limit` and not with the journal. An account's own events are in the order of their
 * sequences. Of types and actors every combination that there is has its place in an index, and the
 * newest of each are put together.
 *
 * A place in an index is asked for as a range of rows. Of an equality PostgreSQL knows that it has no
 * order, and then takes the index of positions for the quicker one: it reads the whole journal
 * backwards for events that are all at its beginning.
 */
export async function findEvents(
  tx: Tx,
  filter: EventFilter,
  { before, limit }: Range,
  condition: SQL = sql`true`,
): Promise<FoundEvent[]> {
  const { types, actors, aggregateId, correlationId, after } = filter;
  const newest = (where: SQL | undefined, order: SQL) => sql`
    SELECT ${FOUND} FROM ${journal} WHERE ${and(where, condition)} ORDER BY ${order} LIMIT ${limit}`;
  const newestAt = (columns: readonly SQLWrapper[], place: readonly SQL[], where?: SQL) => {
    const key = [...columns, journal.position];
    const isInRange = and(
      sql`(${list(key)}) >= (${list([...place, sql`${after + 1}::bigint`])})`,
      sql`(${list(key)}) < (${list([...place, sql`${before ?? NO_POSITION}::bigint`])})`,
    );
    return newest(and(isInRange, where), list(key.map((column) => sql`${column} DESC`)));
  };
  const together = (cells: SQL, found: SQL) => sql`
    SELECT found.* FROM ${cells} CROSS JOIN LATERAL (${found}) AS found
    ORDER BY position DESC LIMIT ${limit}`;
  const { eventType } = journal;
  const statement =
    aggregateId !== undefined
      ? newest(
          and(isMeant(filter), before === undefined ? undefined : lt(journal.position, before)),
          sql`${journal.eventSequence} DESC`,
        )
      : correlationId !== undefined
        ? newestAt(
            [journal.correlationId],
            [sql`${correlationId}`],
            isMeant({ ...filter, correlationId: undefined }),
          )
        : actors.length > 0
          ? together(
              sql`(SELECT event_type, actor FROM ${journalCounts} WHERE events > 0 AND ${and(
                isIn(sql`actor`, actors),
                types.length > 0 ? isIn(sql`event_type`, types) : undefined,
              )}) AS cell`,
              newestAt([ACTOR, eventType], [sql`cell.actor`, sql`cell.event_type`]),
            )
          : types.length > 0
            ? together(
                sql`unnest(${sql.param([...new Set(types)])}::text[]) AS cell (event_type)`,
                newestAt([eventType], [sql`cell.event_type`]),
              )
            : newestAt([], []);
  const rows = await tx.execute<FoundEvent>(statement);
  return rows;
}

function list(parts: readonly SQLWrapper[]): SQL {
  return sql.join([...parts], sql`, `);
}
