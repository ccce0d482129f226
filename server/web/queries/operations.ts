import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OperationState } from '#lib/contracts/operations.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { OperationRow } from '#server/runtime/operations/operation-claims.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Asked,
  type PageLinks,
  readCursor,
  toPage,
  toReading,
} from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams } from '#server/runtime/queries/parse-query.ts';

export const operationsQuerySchema = z.object({
  kind: listParam,
  status: listParam,
  subject: z.string().max(1_000).optional(),
  ...pageParams,
});

type OperationsQuery = z.output<typeof operationsQuerySchema>;

const placeSchema = z.object({ at: z.iso.datetime({ precision: 3 }), id: z.string() });

/** What operators have asked for, newest first. Throws INVALID_INPUT and PostgreSQL's errors. */
export async function getOperations(
  db: Db,
  { kind, status, subject, cursor, limit }: OperationsQuery,
): Promise<{ readonly items: readonly OperationState[] } & PageLinks> {
  const asked = readCursor(placeSchema, cursor);
  const direction = sql.raw(toReading('desc', asked));
  const rows = await db
    .select()
    .from(operations)
    .where(
      and(
        kind.length === 0 ? undefined : inArray(operations.kind, kind),
        status.length === 0 ? undefined : inArray(sql`${operations.status}`, status),
        subject === undefined ? undefined : eq(operations.subject, subject),
        isBeside(asked),
      ),
    )
    .orderBy(sql`${operations.requestedAt} ${direction}, ${operations.id} ${direction}`)
    .limit(limit + 1);
  const page = toPage(rows.map(toState), limit, asked, ({ requestedAt: at, id }) => ({ at, id }));
  return { items: page.rows, ...page.links };
}

/** One operation. Throws OPERATION_NOT_FOUND and PostgreSQL's errors. */
export async function getOperation(db: Db, id: string): Promise<OperationState> {
  const [row] = await db.select().from(operations).where(eq(operations.id, id));
  if (row === undefined) {
    throw new PlayheadError('OPERATION_NOT_FOUND', `Nobody has asked for an operation “${id}”.`);
  }
  return toState(row);
}

function isBeside({ place, isBack }: Asked<z.infer<typeof placeSchema>>): SQL | undefined {
  const { requestedAt, id } = operations;
  return (
    place &&
    sql`(${requestedAt}, ${id}) ${isBack ? sql`>` : sql`<`} (${place.at}::timestamptz, ${place.id})`
  );
}

function toState({ claimedUntil: _, ...row }: OperationRow): OperationState {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
