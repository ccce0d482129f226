import type { Db, Tx } from '#server/runtime/platform/postgres.ts';

/** Runs the queries of one answer on one snapshot, so that rows, totals and freshness agree. */
export function readSnapshot<Answer>(db: Db, read: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
}
