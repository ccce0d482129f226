import { gt } from 'drizzle-orm';
import { z } from 'zod';
import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';
import {
  COMMAND_OUTCOMES,
  type CommandItem,
  type CommandsPage,
} from '#lib/contracts/command-history.ts';
import type { EventlessCommand } from '#server/runtime/commands/eventless/eventless-command.ts';
import { toKeptDays } from '#server/runtime/commands/eventless/eventless-log.ts';
import { findEventless } from '#server/runtime/commands/eventless/find-eventless.ts';
import { journalCounts } from '#server/runtime/journal/journal-table.ts';
import { encodeCursor } from '#server/runtime/queries/cursor.ts';
import { readCursor, toBackCursor } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { WebContext } from '../context.ts';
import { requireOwnId } from '../require-own-id.ts';
import { type CommandFilter, findCommands } from './find-commands.ts';
import { withOrigins } from './find-origins.ts';
import { mergeHistory, type Source } from './merge-history.ts';

export const commandsQuerySchema = z.object({
  outcome: z.enum(COMMAND_OUTCOMES).optional(),
  type: listParam,
  actor: listParam,
  /** An aggregate by its type and id: `account#A-1`. */
  aggregate: textParam,
  ...pageParams,
});
type CommandsQuery = z.output<typeof commandsQuerySchema>;

/**
 * A place between two commands: what is before this position in the journal and before this place among the commands
 * without events is older; 0 and '' where nothing is older.
 */
const placeSchema = z.object({
  position: z.number().int().optional(),
  place: z.string().optional(),
});
type Place = z.infer<typeof placeSchema>;

/** Behind every position that there can be. */
const NO_POSITION = Number.MAX_SAFE_INTEGER;

/** Makes of a place one that follows it, and no other. */
const NEXT = '!';

/** A database that does not answer must not keep the other waiting for long. */
const TIMEOUT_MS = 2_000;

type CommandsDeps = Pick<
  WebContext,
  'db' | 'dynamo' | 'store' | 'registry' | 'now' | 'commandRetentionDays'
>;

/**
 * A page of all commands, newest first: those that wrote events are in the journal, all others in
 * DynamoDB. A database that does not answer is said, and the other's commands are shown. Throws
 * INVALID_INPUT for another list's cursor, and AGGREGATE_NOT_FOUND for what can be no id.
 */
export async function getCommandsPage(
  deps: CommandsDeps,
  query: CommandsQuery,
): Promise<CommandsPage> {
  const { limit, cursor } = query;
  const asked = readCursor(placeSchema, cursor);
  const { place: from = {}, isBack } = asked;
  const aggregateId = query.aggregate ? toOneForm(deps, query.aggregate) : undefined;
  const filter = { types: query.type, actors: query.actor, aggregateId };
  const [accepted, eventless] = await Promise.allSettled([
    within(TIMEOUT_MS, () => readJournal(deps, query, filter, from, isBack)),
    within(TIMEOUT_MS, () => readEventless(deps, query, filter, from, isBack)),
  ]);
  const journal = accepted.status === 'fulfilled' ? accepted.value : { ...NOTHING, actors: [] };
  const others = eventless.status === 'fulfilled' ? eventless.value : NOTHING;
  // A database that is down may have more where it was left.
  const placeIn = isBack
    ? {
        journal: journal.items.at(-1)?.place ?? from.position,
        others: others.items.at(-1)?.place ?? from.place,
      }
    : {
        journal: accepted.status === 'fulfilled' ? 0 : from.position,
        others: eventless.status === 'fulfilled' ? '' : from.place,
      };
  const merged = mergeHistory(journal, others, limit, isBack);
  const read = merged.items.map(({ command }) => command);
  const items = isBack ? read.reverse() : read;
  const end = {
    ...toPlace('position', journal, merged.fromOne, from.position, placeIn.journal),
    ...toPlace('place', others, merged.fromOther, from.place, placeIn.others),
  };
  const links = isBack
    ? { nextCursor: encodeCursor(from), previousCursor: merged.isEnd ? null : toBackCursor(end) }
    : {
        nextCursor: merged.isEnd ? null : encodeCursor(end),
        previousCursor: asked.place === undefined ? null : toBackCursor(from),
      };
  return {
    items: eventless.status === 'rejected' ? items : await withOrigins(deps, items),
    ...links,
    types: [...deps.registry.commands.keys()].sort(),
    actors: journal.actors,
    problems: [
      ...(accepted.status === 'rejected'
        ? ['PostgreSQL does not answer: commands that wrote events are missing here.']
        : []),
      ...(eventless.status === 'rejected'
        ? ['DynamoDB does not answer: commands that were refused are missing here.']
        : []),
    ],
  };
}

/** `place`: where one goes on behind it, in the order of reading. */
type Entry<At> = { readonly at: string; readonly command: CommandItem; readonly place: At };

const NOTHING = { items: [], reached: null, reachedAt: null };

async function readJournal(
  { db, store }: CommandsDeps,
  { outcome, limit }: CommandsQuery,
  filter: CommandFilter,
  { position }: Place,
  isBack: boolean,
): Promise<Source<Entry<number>, number> & { readonly actors: string[] }> {
  return readSnapshot(db, async (tx) => {
    const known = await tx
      .selectDistinct({ actor: journalCounts.actor })
      .from(journalCounts)
      .where(gt(journalCounts.events, 0))
      .orderBy(journalCounts.actor);
    const range = isBack
      ? { before: undefined, after: (position ?? NO_POSITION) - 1, isOldestFirst: true }
      : { before: position, after: 0 };
    const found =
      outcome === 'rejected'
        ? []
        : await findCommands(tx, store, filter, { ...range, limit: limit + 1 });
    const items = found.slice(0, limit).map(({ position: place, ...command }) => ({
      at: command.at,
      command,
      place: isBack ? place + 1 : place,
    }));
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      items,
      reached: last?.place ?? null,
      reachedAt: last?.at ?? null,
      actors: known.map(({ actor }) => actor),
    };
  });
}

async function readEventless(
  { dynamo, now, commandRetentionDays }: CommandsDeps,
  { outcome, limit }: CommandsQuery,
  filter: CommandFilter,
  { place: before }: Place,
  isBack: boolean,
): Promise<Source<Entry<string>, string>> {
  if (isBack ? before === undefined : before === '') {
    return NOTHING;
  }
  const at = now();
  const since = new Date(at.getTime() - toKeptDays(commandRetentionDays) * 86_400_000);
  const range = { before, isOldestFirst: isBack, since, now: at, limit };
  const { items, reached } = await findEventless(dynamo, { outcome, ...filter }, range);
  return {
    items: items.map((item) => ({
      at: item.at,
      command: toItem(item),
      place: isBack ? `${item.place}${NEXT}` : item.place,
    })),
    reached: reached === null || !isBack ? reached : `${reached}${NEXT}`,
    reachedAt: reached === null ? null : (reached.split('#')[0] ?? null),
  };
}

/** A command without events as the history lists it. */
export function toItem(kept: EventlessCommand): CommandItem {
  const { place, at, outcome, commandId, commandType, actor, aggregateIds, missed } = kept;
  const { code, sentence, field } = kept;
  return {
    id: place,
    commandId,
    commandType,
    actor,
    outcome,
    origin: 'recorded',
    at,
    aggregateIds,
    correlationId: null,
    events: [],
    rule: code === null ? null : { code, sentence: sentence ?? '', field },
    missed,
  };
}

/** Where a source goes on: behind what was taken of it, or behind all that was looked at; nowhere is left out. */
function toPlace<Name extends string, At extends string | number>(
  name: Name,
  { items, reached }: Source<Entry<At>, At>,
  taken: number,
  from: At | undefined,
  end: At | undefined,
): Readonly<Record<string, At>> {
  const isAllTaken = taken === items.length;
  const place = isAllTaken ? (reached ?? end) : (items[taken - 1]?.place ?? from);
  return place === undefined ? {} : { [name]: place };
}

/** The id of an aggregate in its one form; as it is where no module has its type. */
function toOneForm({ registry }: CommandsDeps, aggregateId: string): string {
  const { type, id } = parseAggregateId(aggregateId);
  const kind = registry.aggregates.get(type);
  return kind === undefined ? aggregateId : toAggregateId(type, requireOwnId(kind, id));
}
