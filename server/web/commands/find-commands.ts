import { and, type SQL, sql } from 'drizzle-orm';
import type { CommandItem } from '#lib/contracts/command-history.ts';
import { groupBy } from '#lib/group-by.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import { journal, journalCounts } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { toJournalItem } from '../event-item.ts';
import { ACTOR, findEvents, type Range } from '../queries/find-events.ts';

/** Which commands are meant; empty lists and absent values leave nothing out. */
export type CommandFilter = {
  readonly types: readonly string[];
  readonly actors: readonly string[];
  readonly aggregateId: string | undefined;
};

/** A command that wrote events, and the journal's position of the first of them. */
export type FoundCommand = CommandItem & { readonly position: number };

const COMMAND_TYPE = sql`(${journal.metadata} ->> 'commandType')`;
const COMMAND_ID = sql`(${journal.metadata} ->> 'commandId')`;

/** Behind every position that there can be. */
const BEHIND_ALL = Number.MAX_SAFE_INTEGER;

/** AWS takes no more events in one command. */
const MOST_EVENTS = 100;

/**
 * Whether an event is its command's first, of an aggregate where only that is asked about: each command
 * is found once, and keeps its place when more of its events arrive. All of them share a correlation.
 * A scalar, for an anti-join could be made by reading the whole journal.
 */
function isFirst(aggregateId: string | undefined): SQL {
  return sql`coalesce((
    SELECT false FROM ${journal} AS earlier
    WHERE earlier.correlation_id = ${journal.correlationId} AND earlier.position < ${journal.position}
      AND earlier.metadata ->> 'commandId' = ${COMMAND_ID}
      AND ${aggregateId === undefined ? sql`true` : sql`earlier.aggregate_id = ${aggregateId}`}
    LIMIT 1), true)`;
}

/**
 * The newest commands that wrote events and that a filter means, or the oldest ones behind a position, which come first
 * then; the time grows with `limit` alone.
 */
export async function findCommands(
  tx: Tx,
  codec: EventCodec,
  { types, actors, aggregateId }: CommandFilter,
  { after = 0, ...range }: Range & { readonly after?: number },
): Promise<FoundCommand[]> {
  const first = isFirst(aggregateId);
  const found =
    types.length > 0 && aggregateId === undefined
      ? await findByType(tx, types, actors, { ...range, after }, first)
      : await findEvents(
          tx,
          { types: [], actors, aggregateId, correlationId: undefined, after },
          range,
          and(first, types.length > 0 ? isIn(COMMAND_TYPE, types) : undefined),
        );
  const commands = await readCommands(
    tx,
    codec,
    found.map(({ position }) => position),
  );
  return range.isOldestFirst ? commands.reverse() : commands;
}

/** Of each type and actor the newest, put together: see `findEvents`. */
async function findByType(
  tx: Tx,
  types: readonly string[],
  actors: readonly string[],
  { before, after, limit, isOldestFirst }: Range & { readonly after: number },
  condition: SQL,
): Promise<{ readonly position: number }[]> {
  const upTo = before ?? BEHIND_ALL;
  const direction = isOldestFirst ? sql`ASC` : sql`DESC`;
  return tx.execute<{ position: number }>(sql`
    SELECT found.position::float8 AS position
    FROM unnest(${sql.param([...new Set(types)])}::text[]) AS type (name)
    CROSS JOIN (
      SELECT DISTINCT actor FROM ${journalCounts}
      WHERE ${actors.length > 0 ? isIn(sql`actor`, actors) : sql`events > 0`}
    ) AS known
    CROSS JOIN LATERAL (
      SELECT ${journal.position} FROM ${journal}
      WHERE (${COMMAND_TYPE}, ${ACTOR}, ${journal.position}) >= (type.name, known.actor, ${after + 1}::bigint)
        AND (${COMMAND_TYPE}, ${ACTOR}, ${journal.position}) < (type.name, known.actor, ${upTo}::bigint)
        AND ${condition}
      ORDER BY ${COMMAND_TYPE} ${direction}, ${ACTOR} ${direction}, ${journal.position} ${direction} LIMIT ${limit}
    ) AS found
    ORDER BY position ${direction} LIMIT ${limit}`);
}

type JournalRow = typeof journal.$inferSelect;

/** The commands whose first events (of an aggregate) are at these positions, with all their events, newest first. */
async function readCommands(
  tx: Tx,
  codec: EventCodec,
  firsts: readonly number[],
): Promise<FoundCommand[]> {
  const places = await tx.execute<{ first: number; position: number }>(sql`
    SELECT first.position::float8 AS first, event.position::float8 AS position
    FROM ${journal} AS first
    CROSS JOIN LATERAL (
      SELECT event.position FROM ${journal} AS event
      WHERE (event.correlation_id, event.position) >= (first.correlation_id, 0)
        AND (event.correlation_id, event.position) < (first.correlation_id, ${BEHIND_ALL}::bigint)
        AND event.metadata ->> 'commandId' = first.metadata ->> 'commandId'
      ORDER BY event.correlation_id, event.position LIMIT ${MOST_EVENTS}
    ) AS event
    WHERE first.position = ANY(${sql.param([...firsts])}::bigint[])
    ORDER BY first DESC, position`);
  const positions = places.map(({ position }) => position);
  const rows = await tx
    .select()
    .from(journal)
    .where(sql`${journal.position} = ANY(${sql.param(positions)}::bigint[])`);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return [...groupBy(places, ({ first }) => first)].flatMap(([position, own]) => {
    const command = toCommand(
      codec,
      own.flatMap((place) => byPosition.get(place.position) ?? []),
    );
    return command === undefined ? [] : [{ ...command, position }];
  });
}

/** As a range in the index, in whose order it is read: see `findEvents`. */
function isOfCorrelation(correlationId: string): SQL {
  const place = sql`(${journal.correlationId}, ${journal.position})`;
  return sql`${place} >= (${correlationId}, 0) AND ${place} < (${correlationId}, ${BEHIND_ALL}::bigint)`;
}

/**
 * The commands of a correlation, in the order in which the journal took their events in; those with the
 * first `limit` events, and whether there are more events than that.
 */
export async function findCommandsOf(
  tx: Tx,
  codec: EventCodec,
  correlationId: string,
  limit: number,
): Promise<{ readonly commands: CommandItem[]; readonly isCut: boolean }> {
  const rows = await tx
    .select()
    .from(journal)
    .where(isOfCorrelation(correlationId))
    .orderBy(journal.correlationId, journal.position)
    .limit(limit + 1);
  const byCommand = groupBy(rows.slice(0, limit), ({ metadata }) => metadata.commandId);
  return {
    commands: [...byCommand.values()].flatMap((own) => toCommand(codec, own) ?? []),
    isCut: rows.length > limit,
  };
}

/** The command of a correlation that this id is of, by its events; undefined while the journal has none. */
export async function getCommandOfJournal(
  tx: Tx,
  codec: EventCodec,
  correlationId: string,
  commandId: string,
): Promise<CommandItem | undefined> {
  const [first] = await tx.execute<{ position: number }>(sql`
    SELECT ${journal.position}::float8 AS position FROM ${journal}
    WHERE ${isOfCorrelation(correlationId)} AND ${COMMAND_ID} = ${commandId}
    ORDER BY ${journal.correlationId}, ${journal.position} LIMIT 1`);
  return first === undefined ? undefined : (await readCommands(tx, codec, [first.position]))[0];
}

function toCommand(codec: EventCodec, rows: readonly JournalRow[]): CommandItem | undefined {
  const [first] = rows;
  if (first === undefined) {
    return undefined;
  }
  const { commandId, commandType, actor } = first.metadata;
  return {
    id: commandId,
    commandId,
    commandType,
    actor,
    outcome: 'accepted',
    // The journal does not know.
    origin: 'unknown',
    at: first.ingestedAt.toISOString(),
    aggregateIds: [...new Set(rows.map(({ aggregateId }) => aggregateId))],
    correlationId: first.correlationId,
    events: rows.map((row) => toJournalItem(codec, row)),
    rule: null,
    missed: 0,
  };
}
