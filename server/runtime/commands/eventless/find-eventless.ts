import { GetCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type EventlessCommand, parseEventless, toMonth } from './eventless-command.ts';

/** Which of them are meant; empty lists and absent values leave nothing out. */
export type EventlessFilter = {
  readonly outcome: EventlessCommand['outcome'] | undefined;
  readonly types: readonly string[];
  readonly actors: readonly string[];
  readonly aggregateId: string | undefined;
};

/** What was found, newest first; or oldest first. */
export type FoundEventless = {
  readonly items: readonly EventlessCommand[];
  /** The place up to which all were looked at; null when there is none behind it. */
  readonly reached: string | null;
};

type Range = {
  /** Only those before this place; or those from there on, the oldest first. */
  readonly before: string | undefined;
  readonly isOldestFirst?: boolean;
  readonly since: Date;
  readonly now: Date;
  readonly limit: number;
};

/** So many are looked at for one page, where a filter leaves few: a later page goes on from there. */
const MOST_LOOKED_AT = 2_000;
const PER_REQUEST = 500;

/** The newest commands without events that a filter means, or the oldest ones. Throws what `retryDynamo` throws. */
export async function findEventless(
  dynamo: Dynamo,
  filter: EventlessFilter,
  { before: place, isOldestFirst = false, since, now, limit }: Range,
): Promise<FoundEventless> {
  const items: EventlessCommand[] = [];
  // A clock that is ahead has written into the next month.
  const ahead = new Date(now.getTime() + 86_400_000).toISOString();
  const newest = isOldestFirst ? ahead : (place ?? ahead);
  const kept = since.toISOString();
  const oldest = isOldestFirst && place !== undefined && place > kept ? place : kept;
  if (oldest > newest) {
    return { items, reached: null };
  }
  const condition = toCondition(filter);
  let lookedAt = 0;
  const months = monthsBetween(toMonth(oldest), toMonth(newest));
  for (const month of isOldestFirst ? months.reverse() : months) {
    let from: Record<string, unknown> | undefined;
    do {
      const found: QueryCommandOutput = await retryDynamo(() =>
        dynamo.documents.send(
          new QueryCommand({
            TableName: dynamo.tables.eventlessCommands,
            KeyConditionExpression: '#month = :month AND #place BETWEEN :oldest AND :newest',
            ...condition,
            ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, ...KEY_NAMES },
            ExpressionAttributeValues: {
              ...condition.ExpressionAttributeValues,
              ':month': month,
              ':oldest': oldest,
              ':newest': newest,
            },
            ScanIndexForward: isOldestFirst,
            Limit: condition.FilterExpression === undefined ? limit + 1 : PER_REQUEST,
            ExclusiveStartKey: from,
          }),
        ),
      );
      // The range takes its ends in, and a page begins behind the last of the page before.
      const read = (found.Items ?? []).map(parseEventless);
      const isOutside = (item: EventlessCommand) => !isOldestFirst && item.place === place;
      items.push(...read.flatMap((item) => (item && !isOutside(item) ? [item] : [])));
      lookedAt += found.ScannedCount ?? 0;
      from = found.LastEvaluatedKey;
      const last = items.at(limit - 1);
      if (last !== undefined && (items.length > limit || from !== undefined)) {
        return { items: items.slice(0, limit), reached: last.place };
      }
      if (from !== undefined && lookedAt >= MOST_LOOKED_AT) {
        return { items, reached: `${from.place}` };
      }
    } while (from !== undefined);
  }
  return { items, reached: null };
}

/** The command at a place; undefined where there is none, or none that this program can read. */
export async function getEventless(
  { documents, tables }: Dynamo,
  place: string,
): Promise<EventlessCommand | undefined> {
  const Key = { month: toMonth(place), place };
  const { Item } = await retryDynamo(() =>
    documents.send(new GetCommand({ TableName: tables.eventlessCommands, Key })),
  );
  return parseEventless(Item);
}

const KEY_NAMES = { '#month': 'month', '#place': 'place' };

function toCondition({ outcome, types, actors, aggregateId }: EventlessFilter) {
  const values: Record<string, string> = {};
  const names: Record<string, string> = {};
  const conditions: string[] = [];
  const isIn = (attribute: string, wanted: readonly string[]) => {
    if (wanted.length > 0) {
      names[`#${attribute}`] = attribute;
      const placeholders = wanted.map((value, index) => {
        values[`:${attribute}${index}`] = value;
        return `:${attribute}${index}`;
      });
      conditions.push(`#${attribute} IN (${placeholders.join()})`);
    }
  };
  isIn('outcome', outcome === undefined ? [] : [outcome]);
  isIn('commandType', types);
  isIn('actor', actors);
  if (aggregateId !== undefined) {
    names['#aggregateIds'] = 'aggregateIds';
    values[':aggregateId'] = aggregateId;
    conditions.push('contains(#aggregateIds, :aggregateId)');
  }
  return {
    ...(conditions.length > 0 ? { FilterExpression: conditions.join(' AND ') } : {}),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** The newest first, both included. */
function monthsBetween(oldest: string, newest: string): string[] {
  const months: string[] = [];
  for (let month = newest; month >= oldest; month = monthBefore(month)) {
    months.push(month);
  }
  return months;
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return toMonth(new Date(Date.UTC(year, number - 2)).toISOString());
}
