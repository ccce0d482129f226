import { and, asc, count, gt, gte, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { isOfTypes } from '#server/runtime/journal/is-of-types.ts';
import { journal, journalMinutes } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { findWebhook } from './list-webhooks.ts';

/** Events are counted up to here. */
const MOST_COUNTED = 100_000;

/** Behind a position of the journal, or what it took in from a time on. */
export type ReplayFrom = { readonly position: number } | { readonly since: Date };

/**
 * What a replay would send, as the webhook filters: how many events, behind which position. Throws WEBHOOK_NOT_FOUND,
 * and INVALID_INPUT for what would leave events out.
 */
export async function previewReplay(
  db: Db,
  name: string,
  from: ReplayFrom,
): Promise<{ readonly position: number; readonly events: number; readonly atLeast: boolean }> {
  const webhook = await findWebhook(db, name);
  const position =
    'position' in from
      ? from.position
      : Math.min(webhook.position, await positionBefore(db, from.since, webhook.position));
  requireNoGap(webhook.position, position);
  const meant = db
    .select({ one: sql`1`.as('one') })
    .from(journal)
    .where(
      and(gt(journal.position, position), isOfTypes(webhook.aggregateTypes, webhook.eventTypes)),
    )
    .limit(MOST_COUNTED + 1)
    .as('meant');
  const [row] = await db.select({ count: count() }).from(meant);
  const found = row?.count ?? 0;
  return { position, events: Math.min(found, MOST_COUNTED), atLeast: found > MOST_COUNTED };
}

/** A webhook goes on from what it has looked at; from further on, events would be left out. Throws INVALID_INPUT. */
export function requireNoGap(position: number, after: number): void {
  if (after > position) {
    const sentence = `The webhook is at position ${position}: from ${after} on, events would be left out.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'position' });
  }
}

/** The position of the last event that the journal took in before a time; `none` where it has taken none in since. */
async function positionBefore(db: Db, since: Date, none: number): Promise<number> {
  const { minute, lastPosition } = journalMinutes;
  const time = since.toISOString();
  // By whole minutes there is an index.
  const bound = sql`coalesce((
    SELECT ${lastPosition} FROM ${journalMinutes}
    WHERE ${minute} < date_trunc('minute', ${time}::timestamptz) ORDER BY ${minute} DESC LIMIT 1), 0)`;
  const [first] = await db
    .select({ position: journal.position })
    .from(journal)
    .where(and(gt(journal.position, bound), gte(journal.ingestedAt, since)))
    .orderBy(asc(journal.position))
    .limit(1);
  return first === undefined ? none : first.position - 1;
}
