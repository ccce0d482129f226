import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { IntegrityHistory } from '#lib/contracts/integrity.ts';
import { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

export const integrityHistoryQuerySchema = z.object({});

/** So many runs are shown beside each other. */
const MOST = 60;

const resultSchema = OPERATION_RESULTS.reconcile.omit({ items: true });

/** Comparisons that came to an end, newest first: see `integrityHistorySchema`. Throws PostgreSQL's errors. */
export async function getIntegrityHistory(db: Db): Promise<IntegrityHistory> {
  const { id, kind, status, input, endedAt, result } = operations;
  const isWhole = sql<boolean>`NOT ${input} ? 'sample'`;
  const isDone = and(eq(kind, 'reconcile'), eq(status, 'done'), isNotNull(endedAt));
  // Which differences there were stays behind: they are many.
  const read = () =>
    db.select({ id, endedAt, isWhole, result: sql<unknown>`${result} - 'items'` }).from(operations);
  const newest = desc(operations.requestedAt);
  const [rows, [whole]] = await Promise.all([
    read().where(isDone).orderBy(newest).limit(MOST),
    read().where(and(isDone, isWhole)).orderBy(newest).limit(1),
  ]);
  const toEnd = ({ endedAt: at }: (typeof rows)[number]) => (at ?? new Date(0)).toISOString();
  return {
    runs: rows.map((row) => {
      const { checked, different, differences } = resultSchema.parse(row.result);
      const counts = { checked, different, differences };
      return { id: row.id, endedAt: toEnd(row), isWhole: row.isWhole, ...counts };
    }),
    conserved:
      whole === undefined
        ? null
        : {
            run: whole.id,
            endedAt: toEnd(whole),
            quantities: resultSchema.parse(whole.result).conserved,
          },
  };
}
