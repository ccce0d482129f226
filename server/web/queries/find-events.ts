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

/** Only those before this position (all, when there is none), and so many at most: the newest, or the oldest. */
export type Range = {
  readonly before: number | undefined;
  readonly limit: number;
  readonly isOldestFirst?: boolean;
};

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
 * The newest events that a filter means (or the oldest, which come first then), by an index in whose order they are found: the time that it
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
  { before, limit, isOldestFirst = false }: Range,
  condition: SQL = sql`true`,
): Promise<FoundEvent[]> {
  const { types, actors, aggregateId, correlationId, after } = filter;
  const direction = isOldestFirst ? sql`ASC` : sql`DESC`;
  const first = (where: SQL | undefined, order: SQL) => sql`
    SELECT ${FOUND} FROM ${journal} WHERE ${and(where, condition)} ORDER BY ${order} LIMIT ${limit}`;
  const firstAt = (columns: readonly SQLWrapper[], place: readonly SQL[], where?: SQL) => {
    const key = [...columns, journal.position];
    const isInRange = and(
      sql`(${list(key)}) >= (${list([...place, sql`${after + 1}::bigint`])})`,
      sql`(${list(key)}) < (${list([...place, sql`${before ?? NO_POSITION}::bigint`])})`,
    );
    return first(and(isInRange, where), list(key.map((column) => sql`${column} ${direction}`)));
  };
  const together = (cells: SQL, found: SQL) => sql`
    SELECT found.* FROM ${cells} CROSS JOIN LATERAL (${found}) AS found
    ORDER BY position ${direction} LIMIT ${limit}`;
  const { eventType } = journal;
  const statement =
    aggregateId !== undefined
      ? first(
          and(
            isMeant(filter),
            before === undefined ? undefined : lt(journal.position, before),
            isOldestFirst ? isPastSequence(aggregateId, after) : undefined,
          ),
          sql`${journal.eventSequence} ${direction}`,
        )
      : correlationId !== undefined
        ? firstAt(
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
              firstAt([ACTOR, eventType], [sql`cell.actor`, sql`cell.event_type`]),
            )
          : types.length > 0
            ? together(
                sql`unnest(${sql.param([...new Set(types)])}::text[]) AS cell (event_type)`,
                firstAt([eventType], [sql`cell.event_type`]),
              )
            : firstAt([], []);
  const rows = await tx.execute<FoundEvent>(statement);
  return rows;
}

/** Not from an aggregate's first event on: its sequences are in the order of the positions. */
function isPastSequence(aggregateId: string, position: number): SQL {
  return sql`${journal.eventSequence} > coalesce((
    SELECT earlier.event_sequence FROM ${journal} AS earlier
    WHERE earlier.aggregate_id = ${aggregateId} AND earlier.position + 0 <= ${position}
    ORDER BY earlier.event_sequence DESC LIMIT 1), 0)`;
}

function list(parts: readonly SQLWrapper[]): SQL {
  return sql.join([...parts], sql`, `);
}
