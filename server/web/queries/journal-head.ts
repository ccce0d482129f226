import { journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';

/** The journal's newest position; 0 before its first event. */
export async function getHead(db: Db | Tx): Promise<number> {
  const [head] = await db.select({ position: journalHead.position }).from(journalHead);
  return head?.position ?? 0;
}
