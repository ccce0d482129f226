import { and, asc, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { AuditEntry } from '#lib/contracts/audit.ts';
import { listHotActions } from '#server/runtime/dead-letters/hot-actions.ts';
import { HOT_CONSUMER } from '#server/runtime/hot-views/pause-hot-views.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Asked,
  type PageLinks,
  readCursor,
  toPage,
} from '#server/runtime/queries/keyset-page.ts';
import { pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { operatorActions } from '#server/runtime/views/operator-actions-table.ts';

export const auditQuerySchema = z.object({ subject: textParam, ...pageParams });

type AuditDeps = {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly registry: Pick<RegisteredViews, 'hotViews'>;
};

/** Where entries come from, in the order in which those of one moment stand. */
const SOURCES = ['actions', 'requests', 'hot'] as const;
type Source = (typeof SOURCES)[number];

const placeSchema = z.object({
  at: z.iso.datetime({ precision: 3 }),
  source: z.enum(SOURCES),
  id: z.string(),
});
type Place = z.infer<typeof placeSchema>;

type Found = { readonly place: Place; readonly entry: AuditEntry };

/** How long DynamoDB or PostgreSQL is waited for before the other's half is shown alone. */
const TIMEOUT_MS = 4_000;

/**
 * What operators did, newest first: their actions on PostgreSQL's views and on the hot views, each with its
 * effect, and those requests from the console that took none (so far). While one database does not answer,
 * the other's half is shown. Throws INVALID_INPUT.
 */
export async function getAudit(
  { db, dynamo, registry }: AuditDeps,
  { subject, cursor, limit }: z.output<typeof auditQuerySchema>,
): Promise<PageLinks & { items: AuditEntry[]; problems: string[] }> {
  const asked = readCursor(placeSchema, cursor);
  const range = { subject, ...asked, limit: limit + 1 };
  const hotNames = [HOT_CONSUMER, ...registry.hotViews.map(({ name }) => name)];
  const answers = await Promise.allSettled(
    [
      listActions(db, range),
      listRequests(db, range),
      ...hotNames
        .filter((name) => subject === undefined || name === subject)
        .map((name) => listHot(dynamo, name, range)),
    ].map((listing) => within(TIMEOUT_MS, () => listing)),
  );
  const found = answers
    .flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    .toSorted((a, b) => (asked.isBack ? compare(a.place, b.place) : compare(b.place, a.place)));
  const problems = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [toErrorSentence(answer.reason)] : [],
  );
  const { rows, links } = toPage(found, limit, asked, ({ place }) => place);
  return {
    items: rows.map(({ entry }) => entry),
    ...links,
    problems: [...new Set(problems)],
  };
}

type Range = Asked<Place> & { readonly subject: string | undefined; readonly limit: number };

async function listActions(db: Db, { subject, limit, ...asked }: Range): Promise<Found[]> {
  const { id, at } = operatorActions;
  const rows = await db
    .select()
    .from(operatorActions)
    .where(
      and(
        subject === undefined ? undefined : eq(operatorActions.subject, subject),
        isBeyond('actions', asked, at, sql`lpad(${id}::text, 20, '0')`),
      ),
    )
    .orderBy(...inOrder(asked, at, id))
    .limit(limit);
  return rows.map(({ at: time, id: number, ...row }) => {
    const place = { at: time.toISOString(), source: 'actions', id: `${number}`.padStart(20, '0') };
    return toFound(placeSchema.parse(place), { ...row, status: 'done' });
  });
}

/** Those that took effect have their actions; reading takes none. */
async function listRequests(db: Db, { subject, limit, ...asked }: Range): Promise<Found[]> {
  const { id, requestedAt } = operations;
  const rows = await db
    .select()
    .from(operations)
    .where(
      and(
        ne(operations.status, 'done'),
        sql`${operations.reason} IS NOT NULL`,
        subject === undefined ? undefined : eq(operations.subject, subject),
        isBeyond('requests', asked, requestedAt, sql`${id}`),
      ),
    )
    .orderBy(...inOrder(asked, requestedAt, id))
    .limit(limit);
  return rows.map(({ requestedAt: time, requestedBy: actor, kind: action, ...row }) =>
    toFound(
      { at: time.toISOString(), source: 'requests', id: row.id },
      {
        actor,
        action,
        subject: row.subject,
        reason: row.reason,
        origin: row.requestedFrom,
        status: row.status,
        effect: { input: row.input, ...(row.error !== null && { error: row.error }) },
      },
    ),
  );
}

async function listHot(
  dynamo: Dynamo,
  name: string,
  { place, isBack, limit }: Range,
): Promise<Found[]> {
  // Their ids begin with the time and a blank.
  const from = place && (place.source === 'hot' ? place.id : `${place.at}!`);
  const actions = await listHotActions(
    dynamo,
    name,
    limit,
    isBack ? { after: from } : { before: from },
  );
  return actions.map(({ id, at, ...action }) =>
    toFound({ at, source: 'hot', id }, { ...action, status: 'done' }),
  );
}

function toFound(place: Place, entry: Omit<AuditEntry, 'id' | 'at'>): Found {
  return { place, entry: { ...entry, id: `${place.source} ${place.id}`, at: place.at } };
}

/** What of a source in PostgreSQL comes behind a place, newest first, or before it. */
function isBeyond(
  source: Source,
  { place, isBack }: Asked<Place>,
  at: PgColumn,
  id: SQL,
): SQL | undefined {
  if (place === undefined) {
    return undefined;
  }
  const order = SOURCES.indexOf(source) - SOURCES.indexOf(place.source);
  const time = sql`${place.at}::timestamptz`;
  if (order === 0) {
    return isBack
      ? sql`(${at}, ${id}) > (${time}, ${place.id})`
      : sql`(${at}, ${id}) < (${time}, ${place.id})`;
  }
  if (isBack) {
    return order < 0 ? sql`${at} >= ${time}` : sql`${at} > ${time}`;
  }
  return order > 0 ? sql`${at} <= ${time}` : sql`${at} < ${time}`;
}

function inOrder({ isBack }: Asked<Place>, at: PgColumn, id: PgColumn): SQL[] {
  return isBack ? [asc(at), asc(id)] : [desc(at), desc(id)];
}

function compare(a: Place, b: Place): number {
  const toKey = ({ at, source, id }: Place) => `${at} ${9 - SOURCES.indexOf(source)} ${id}`;
  const [first, second] = [toKey(a), toKey(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
