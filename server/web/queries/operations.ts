import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OperationState } from '#lib/contracts/operations.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { OperationRow } from '#server/runtime/operations/operation-claims.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
import { listParam, pageParams } from '#server/runtime/queries/parse-query.ts';

export const operationsQuerySchema = z.object({
  kind: listParam,
  status: listParam,
  subject: z.string().max(1_000).optional(),
  ...pageParams,
});

type OperationsQuery = z.output<typeof operationsQuerySchema>;

const cursorSchema = z.object({ at: z.iso.datetime({ precision: 3 }), id: z.string() });

/** What operators have asked for, newest first. Throws INVALID_INPUT and PostgreSQL's errors. */
export async function getOperations(
  db: Db,
  { kind, status, subject, cursor, limit }: OperationsQuery,
): Promise<{ readonly items: readonly OperationState[]; readonly nextCursor: string | null }> {
  const rows = await db
    .select()
    .from(operations)
    .where(
      and(
        kind.length === 0 ? undefined : inArray(operations.kind, kind),
        status.length === 0 ? undefined : inArray(sql`${operations.status}`, status),
        subject === undefined ? undefined : eq(operations.subject, subject),
        cursor === undefined ? undefined : isBehind(cursor),
      ),
    )
    .orderBy(desc(operations.requestedAt), desc(operations.id))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(toState),
    nextCursor: last ? encodeCursor({ at: last.requestedAt.toISOString(), id: last.id }) : null,
  };
}

/** One operation. Throws OPERATION_NOT_FOUND and PostgreSQL's errors. */
export async function getOperation(db: Db, id: string): Promise<OperationState> {
  const [row] = await db.select().from(operations).where(eq(operations.id, id));
  if (row === undefined) {
    throw new PlayheadError('OPERATION_NOT_FOUND', `Nobody has asked for an operation “${id}”.`);
  }
  return toState(row);
}

function isBehind(cursor: string): SQL {
  const { at, id } = parseCursor(cursorSchema, cursor);
  return sql`(${operations.requestedAt}, ${operations.id}) < (${at}::timestamptz, ${id})`;
}

function toState({ claimedUntil: _, ...row }: OperationRow): OperationState {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
